ARG NODE_IMAGE=node:24-bookworm-slim

# The manifests of all workspaces: npm needs them to read the one lockfile. The root's own tools are no part of an image.
FROM ${NODE_IMAGE} AS manifests
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY desktop/package.json desktop/
COPY service/package.json service/
COPY frontend/package.json frontend/
COPY backend/package.json backend/
RUN npm pkg delete devDependencies optionalDependencies

FROM manifests AS dependencies
RUN --mount=type=cache,target=/root/.npm \
    npm ci -w backend --include-workspace-root=false --ignore-scripts --omit=optional

# Without what no running service reads: types, sources and maps of libraries are more than half of their size.
FROM manifests AS production-dependencies
RUN --mount=type=cache,target=/root/.npm \
    npm ci -w backend --include-workspace-root=false --ignore-scripts --omit=dev --omit=optional \
    && find node_modules -type f -regex '.*\.\(map\|[cm]?ts\|mdx?\)' ! -iname 'licen[cs]e*' -delete

FROM dependencies AS builder
COPY service service
RUN npm run build -w service
COPY backend backend
RUN npm run build -w backend

# What both final stages share: no set-uid programs, and a data folder that the service's user owns.
FROM ${NODE_IMAGE} AS runtime
RUN find / -xdev -type f -perm /6000 -exec chmod a-s {} + \
    && install -d -o 10001 -g 10001 /data
COPY docker/healthcheck.mjs /app/healthcheck.mjs
WORKDIR /app/backend
ENV PORT=8000 DATA_DIR=/data HOME=/tmp
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 CMD ["node", "/app/healthcheck.mjs"]

FROM runtime AS production
ENV NODE_ENV=production ENVIRONMENT=production
COPY --from=production-dependencies /app/node_modules /app/node_modules
COPY --from=builder /app/service/package.json /app/service/
COPY --from=builder /app/service/dist /app/service/dist
COPY --from=builder /app/backend/package.json ./
COPY --from=builder /app/backend/config config
COPY --from=builder /app/backend/data data
COPY --from=builder /app/backend/dist dist
USER 10001:10001
ARG VERSION=""
ARG REVISION=""
ARG CREATED=""
ARG SOURCE=""
ARG NODE_IMAGE
ENV APP_VERSION=${VERSION}
LABEL org.opencontainers.image.title="shop backend" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}" \
      org.opencontainers.image.source="${SOURCE}" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.base.name="${NODE_IMAGE}"
CMD ["node", "--enable-source-maps", "dist/main.js"]

# Runs the sources themselves and starts again when one changes; compose mounts them over the copies.
FROM runtime AS development
ENV NODE_ENV=development ENVIRONMENT=development
COPY --from=dependencies /app/node_modules /app/node_modules
COPY service /app/service
COPY backend ./
USER 10001:10001
LABEL org.opencontainers.image.title="shop backend (development)" \
      org.opencontainers.image.licenses="Apache-2.0"
CMD ["node", "--conditions=shop-source", "--watch", "--watch-preserve-output", "src/main.ts"]
