ARG NODE_IMAGE=node:24-bookworm-slim

# The manifests of all workspaces: npm needs them to read the one lockfile. The root's own tools are no part of an image.
FROM ${NODE_IMAGE} AS manifests
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY desktop/package.json desktop/
COPY service/package.json service/
COPY backend/package.json backend/
COPY frontend/package.json frontend/
RUN npm pkg delete devDependencies optionalDependencies

# With optional packages: the bundler's native part is one.
FROM manifests AS dependencies
RUN --mount=type=cache,target=/root/.npm \
    npm ci -w frontend --include-workspace-root=false --ignore-scripts

# Without what no running service reads: types, sources and maps of libraries are more than half of their size.
FROM manifests AS production-dependencies
RUN --mount=type=cache,target=/root/.npm \
    npm ci -w frontend --include-workspace-root=false --ignore-scripts --omit=dev --omit=optional \
    && find node_modules -type f -regex '.*\.\(map\|[cm]?ts\|mdx?\)' ! -iname 'licen[cs]e*' -delete

FROM dependencies AS builder
COPY service service
RUN npm run build -w service
COPY frontend frontend
RUN npm run build -w frontend

# What both final stages share: no set-uid programs.
FROM ${NODE_IMAGE} AS runtime
RUN find / -xdev -type f -perm /6000 -exec chmod a-s {} +
COPY docker/healthcheck.mjs /app/healthcheck.mjs
WORKDIR /app/frontend
ENV PORT=8501 HOME=/tmp
EXPOSE 8501
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 CMD ["node", "/app/healthcheck.mjs"]

FROM runtime AS production
ENV NODE_ENV=production ENVIRONMENT=production
COPY --from=production-dependencies /app/node_modules /app/node_modules
COPY --from=builder /app/service/package.json /app/service/
COPY --from=builder /app/service/dist /app/service/dist
COPY --from=builder /app/frontend/package.json ./
COPY --from=builder /app/frontend/config config
COPY --from=builder /app/frontend/dist dist
USER 10001:10001
ARG VERSION=""
ARG REVISION=""
ARG CREATED=""
ARG SOURCE=""
ARG NODE_IMAGE
ENV APP_VERSION=${VERSION}
LABEL org.opencontainers.image.title="shop frontend" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}" \
      org.opencontainers.image.source="${SOURCE}" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.base.name="${NODE_IMAGE}"
CMD ["node", "--enable-source-maps", "dist/server/main.js"]

# Runs the sources themselves and starts again when one changes; compose mounts them over the copies.
FROM runtime AS development
ENV NODE_ENV=development ENVIRONMENT=development
COPY --from=dependencies /app/node_modules /app/node_modules
COPY service /app/service
COPY frontend ./
USER 10001:10001
LABEL org.opencontainers.image.title="shop frontend (development)" \
      org.opencontainers.image.licenses="Apache-2.0"
CMD ["node", "--conditions=shop-source", "--watch", "--watch-preserve-output", "src/server/main.ts"]
