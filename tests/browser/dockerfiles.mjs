// What the tests paste.

/** Three stages, one of which nothing needs. */
export const MULTI_STAGE = `# syntax=docker/dockerfile:1
FROM node:22 AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci
COPY . .
RUN npm run build

FROM node:22 AS lint
RUN npx eslint .

FROM node:22-alpine AS server
WORKDIR /app
COPY --from=build /app/dist ./dist
CMD ["node", "dist/server.js"]
`;

/** A line that is no instruction between two stages that are whole. */
export const BROKEN = `FROM node:22 AS build
RUN npm ci
INSTALL something
FROM scratch AS server
COPY --from=build /app /app
`;
