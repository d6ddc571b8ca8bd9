# syntax=docker/dockerfile:1
FROM node:22.20-slim AS build
WORKDIR /satchel
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json build.mjs ./
COPY src src
RUN npm run build && npm prune --omit=dev

FROM node:22.20-slim
ENV NODE_ENV=production \
    SATCHEL_HOST=0.0.0.0 \
    SATCHEL_PORT=4000 \
    SATCHEL_DATA=/var/lib/satchel
WORKDIR /satchel
RUN install --directory --owner=node --group=node /var/lib/satchel
COPY --from=build /satchel/package.json ./
COPY --from=build /satchel/node_modules node_modules
COPY --from=build /satchel/dist dist
USER node
VOLUME /var/lib/satchel
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.SATCHEL_PORT}/livez`).then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Node itself is the first process, so that it hears SIGTERM and ends cleanly.
CMD ["node", "dist/main.js", "serve"]
