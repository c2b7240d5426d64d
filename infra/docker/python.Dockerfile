# Every Python service, by its folder, from the top folder:
#   docker build -f infra/docker/python.Dockerfile --build-arg SERVICE=backend -t todo-backend .
# It runs the module that it is given: `todo_backend`, or `todo_kit migrate todo_backend`.
ARG BASE=docker.io/library/python:3.13-slim-trixie@sha256:ffb752e139c0a19692a43af8d8523b274222dd68eebad5d583b45c2201c6e30a

FROM ${BASE} AS packages
ARG SERVICE
RUN python3 -m venv /pip && python3 -m venv --without-pip /app/venv
COPY ${SERVICE}/requirements.lock /requirements.lock
# Nothing is compiled: every package has wheels for both architectures.
RUN /pip/bin/pip --python /app/venv/bin/python install --quiet --no-cache-dir --disable-pip-version-check \
    --require-hashes --no-deps --only-binary :all: -r /requirements.lock
COPY services/kit/src /app/kit/src
COPY ${SERVICE}/src /app/service/src
COPY ${SERVICE}/migrations /app/service/migrations
# The root of the running container is read-only.
RUN /app/venv/bin/python -m compileall -q /app/kit /app/service

FROM ${BASE}
ARG SERVICE
ARG VERSION=0.0.0
ARG REVISION=unknown
ARG SOURCE=unknown
LABEL org.opencontainers.image.title="${SERVICE}" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.source="${SOURCE}"
COPY --from=packages /app /app
ENV PATH=/app/venv/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONPATH=/app/kit/src:/app/service/src \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    APP_HOST=0.0.0.0 \
    APP_PORT=8000
WORKDIR /app
USER 65532:65532
EXPOSE 8000
ENTRYPOINT ["python", "-m"]
