# dixit in a container: docker build -t dixit . && docker run -p 8080:8080 -v dixit:/data dixit

# The front end and the playground, which the binary carries.
FROM node:22-trixie-slim AS web
WORKDIR /dixit/web
COPY web/package.json web/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY web ./
COPY sample/queries ../sample/queries
COPY schema.graphql ../schema.graphql
RUN npm run build

# The binary. SQLite, libpq and OpenSSL are compiled in: OpenSSL is configured by Perl, built by make.
FROM rust:1.95-slim-trixie AS binary
RUN apt-get update \
    && apt-get install --yes --no-install-recommends gcc libc6-dev make perl \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /dixit
COPY . .
COPY --from=web /dixit/web/dist web/dist
RUN cargo build --release --locked --features tls

# The binary alone; it needs nothing but the C library.
FROM debian:trixie-slim
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin dixit \
    && install --directory --owner dixit --mode 0750 /data
COPY --from=binary /dixit/target/release/dixit /usr/local/bin/dixit
USER 10001
WORKDIR /data
VOLUME /data
ENV DATABASE_URL=sqlite:///data/dixit.db \
    DIXIT_LISTEN=0.0.0.0:8080 \
    DIXIT_LOG_FORMAT=json
EXPOSE 8080
# By the shell's own sockets: a client would be another package.
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /readyz HTTP/1.0\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
ENTRYPOINT ["dixit"]
CMD ["serve"]
