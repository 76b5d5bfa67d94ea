# Build with docker/docker-bake.hcl, which knows all arguments. By tag it builds anywhere; CI adds the digest to it.
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

# Word for word the same in both Dockerfiles, so that it is done once for both. With optional packages: the bundler's
# native part is one. A registry that wants a login: --set "*.secrets=id=npmrc,src=$HOME/.npmrc"
FROM manifests AS dependencies
RUN --mount=type=cache,target=/root/.npm,sharing=locked --mount=type=secret,id=npmrc,target=/root/.npmrc \
    npm ci -w service -w backend -w frontend --include-workspace-root=false --ignore-scripts

# Without what no running service reads: types, sources and maps of libraries are more than half of their size.
FROM manifests AS production-dependencies
RUN --mount=type=cache,target=/root/.npm,sharing=locked --mount=type=secret,id=npmrc,target=/root/.npmrc \
    npm ci -w frontend --include-workspace-root=false --ignore-scripts --omit=dev --omit=optional \
    && find . -type f -path '*/node_modules/*' -regex '.*\.\(map\|[cm]?ts\|mdx?\)' ! -iname 'licen[cs]e*' -delete \
    && rm -r package.json package-lock.json .npmrc desktop backend

# Apart from each other, so that a change in one does not build the other again. Readable for every user, whatever the umask of
# the machine that the sources come from.
FROM dependencies AS shared
COPY service service
RUN npm run build -w service && chmod -R a+rX service

FROM dependencies AS builder
COPY frontend frontend
RUN npm run build -w frontend && chmod -R a+rX frontend

# What both final stages share. The folders are the service's own, and a volume that is mounted there becomes so too.
FROM ${NODE_IMAGE} AS runtime
RUN install -d -o 10001 -g 10001 /logs
COPY --chmod=0644 docker/healthcheck.mjs /app/healthcheck.mjs
WORKDIR /app/frontend
ENV PORT=8501 HOME=/tmp
EXPOSE 8501
# The command itself waits 2 s for an answer; the engine waits longer, for a busy machine is slow to begin it.
HEALTHCHECK --interval=10s --timeout=10s --start-period=30s --start-interval=1s --retries=3 \
    CMD ["node", "/app/healthcheck.mjs"]
ENTRYPOINT ["node"]

FROM runtime AS production
ENV NODE_ENV=production ENVIRONMENT=production
RUN --mount=type=bind,source=docker/only-node.mjs,target=/run/only-node.mjs ["node", "/run/only-node.mjs"]
COPY --from=production-dependencies /app /app
COPY --from=shared /app/service/dist /app/service/dist
COPY --from=builder /app/frontend/config config
COPY --from=builder /app/frontend/dist dist
USER 10001:10001
ARG NODE_IMAGE
ARG BASE_NAME=${NODE_IMAGE}
ARG BASE_DIGEST=""
ARG VERSION=""
ARG REVISION=""
ARG CREATED=""
ARG SOURCE=""
ENV APP_VERSION=${VERSION}
LABEL org.opencontainers.image.title="shop frontend" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}" \
      org.opencontainers.image.source="${SOURCE}" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.base.name="${BASE_NAME}" \
      org.opencontainers.image.base.digest="${BASE_DIGEST}"
CMD ["--enable-source-maps", "dist/server/main.js"]

# Runs the sources themselves and starts again when one changes; compose mounts them over the copies.
FROM runtime AS development
ENV NODE_ENV=development ENVIRONMENT=development
COPY --from=dependencies /app /app
COPY service /app/service
COPY frontend ./
USER 10001:10001
LABEL org.opencontainers.image.title="shop frontend (development)" \
      org.opencontainers.image.licenses="Apache-2.0"
CMD ["/app/service/src/development/watch.ts", "/app/service/src", "src/server", "config", "--", "--conditions=shop-source", "src/server/main.ts"]
