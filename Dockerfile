# limbeck and Watcher in one image: `watcher serve` by default; `watcher worker`, `limbeck upgrade` and every other
# command by name. Nothing in it is written at run time, and it does not run as root.
#
#   docker build -t watcher .
#   docker run --read-only -p 8000:8000 -e DATABASE_URL=postgresql://… watcher
#
# The database is not touched while the image is built: there is none then.

FROM node:22-bookworm-slim AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.npm deploy/image/build.sh /app

FROM node:22-alpine
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8000 PATH=/app/bin:$PATH
# Root's, so that whoever breaks in cannot change what runs.
COPY --from=build /app /app
WORKDIR /app/apps/watcher
USER 1000:1000
EXPOSE 8000
# Node is the process that the signals reach: no shell and no npm stand in front of it.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["node", "/app/health.mjs"]
CMD ["watcher", "serve"]
