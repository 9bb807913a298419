# syntax=docker/dockerfile:1

# A static site: built with Node.js, served by Nginx, configured from a heredoc.
FROM node:22-slim AS build
WORKDIR /site
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci
COPY . .
RUN npm run build

FROM nginx:1.29-alpine
COPY <<EOF /etc/nginx/conf.d/default.conf
server {
    listen 80;
    root /usr/share/nginx/html;
    gzip_static on;
    location / { try_files \$uri \$uri/ /index.html; }
    location /assets/ { add_header Cache-Control "public, max-age=31536000, immutable"; }
}
EOF
COPY --from=build /site/dist /usr/share/nginx/html
EXPOSE 80
