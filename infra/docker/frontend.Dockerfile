# The web UI, from the top folder: docker build -f infra/docker/frontend.Dockerfile .
# Without arguments the server; `migrate.cjs` brings sign-in's tables up to date.
ARG BUILD_BASE=docker.io/library/node:24-trixie-slim@sha256:0711b541c1c33a8a530ac4f0d391baa9a15b3d804695b1b24a47daa5fb60e74d
# A C++ library and certificates: no shell, no package manager.
ARG BASE=gcr.io/distroless/cc-debian13:nonroot@sha256:54df941ed0d06a1bd95ef5e0ce391fd8d9f94b64782dc9a60062727849ee3f97

# What is built is the same on every architecture.
FROM --platform=${BUILDPLATFORM} ${BUILD_BASE} AS build
WORKDIR /src
COPY frontend/package.json frontend/package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
COPY frontend ./
RUN npm run build

FROM ${BUILD_BASE} AS node

FROM ${BASE}
ARG VERSION=0.0.0
ARG REVISION=unknown
ARG SOURCE=unknown
LABEL org.opencontainers.image.title="frontend" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.source="${SOURCE}"
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=build /src/.next/standalone /app
ENV PATH=/usr/local/bin:/usr/bin:/bin NODE_ENV=production HOSTNAME=0.0.0.0 PORT=3000 NEXT_MANUAL_SIG_HANDLE=true
WORKDIR /app
USER 65532:65532
EXPOSE 3000
ENTRYPOINT ["node"]
CMD ["server.js"]
