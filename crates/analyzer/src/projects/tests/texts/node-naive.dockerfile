# A Node.js web application, built the way most first Dockerfiles build it:
# the full base image, every file copied at once, everything kept.
FROM node:22

WORKDIR /app
COPY . .
RUN npm install
RUN npm run build

ENV NODE_ENV=production
EXPOSE 3000
CMD ["npm", "start"]
