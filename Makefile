# dixit's commands. `make run` needs Rust, Node, a C compiler and Perl; `make test` also apt-get,
# where there is no PostgreSQL server or no Chromium.

.PHONY: run test hostile fuzz fuzz-coverage fuzz-queries searches stops kills judgements ten-million questions postgres chromium \
	web screenshots build generate check deny clean

# What is checked and tested beyond the default, all with one set of features: another would compile
# diesel once more.
FEATURES = --features otel

# Build everything, load the sample of invented statements, serve front end, playground and API.
run: build
	./target/release/dixit demo

# Build the binary with the pages inside, and with TLS to PostgreSQL.
build: web
	cargo build --release --locked --features tls

# Build the pages, when their sources are newer than what was built.
web: web/dist/playground/index.html web/dist/frontend/index.html

PACKAGES = web/node_modules/.package-lock.json

$(PACKAGES): web/package.json web/package-lock.json
	@command -v npm >/dev/null || { echo "npm is missing: install Node 20 or newer"; exit 1; }
	cd web && npm ci --no-audit --no-fund
	touch $@

web/dist/playground/index.html: $(PACKAGES) web/tsconfig.json web/packed.ts $(wildcard web/playground/*) \
		$(wildcard sample/queries/*.graphql)
	cd web && npm run check:playground && npm run build:playground
	touch $@

web/dist/frontend/index.html: $(PACKAGES) web/tsconfig.json web/packed.ts schema.graphql \
		$(filter-out %.generated.d.ts,$(wildcard web/frontend/* web/frontend/*/*))
	cd web && npm run check:frontend && npm run build:frontend
	touch $@

# Look at every page as the tests do, and keep the pictures that README.md shows.
screenshots: chromium web
	mkdir -p docs/screenshots
	SCREENSHOTS=docs/screenshots cargo test --locked $(FEATURES) --test it -- browser::axe browser::the_playground --nocapture

# Install what is missing and run every test.
test: postgres chromium web check
	cargo test --locked $(FEATURES) --no-fail-fast

# Send hostile requests to a release build, and tell what each costs.
hostile: postgres
	cargo test --locked --release --features tls --test it -- hostile --nocapture

# Hand a million inputs to each target of fuzz/ (FUZZ_TARGET=format-native: to one); the suite some
# hundreds.
fuzz:
	FUZZ_INPUTS=$${FUZZ_INPUTS:-1000000} cargo test --locked --release --features tls --test it -- targets --nocapture

# The same by libFuzzer, which sees what was executed, until it is stopped: TARGET=format-native. Needs
# `cargo install cargo-fuzz` and a C++ compiler; the stable compiler has no sanitizers, and needs none.
TARGET = text
fuzz-coverage:
	mkdir -p fuzz/corpus/$(TARGET)
	cargo fuzz run --sanitizer none $(TARGET) fuzz/corpus/$(TARGET) fuzz/seeds/$(TARGET)

# Import ten million synthetic statements into SQLite, and tell memory and rate after each million.
ten-million: web
	cargo build --release --locked --features tls --bin dixit --example synthetic
	tools/bench/synthetic-import.sh 10000000

# Ask searches and verifications of a million synthetic quotes, over HTTP, and tell what they take.
questions: web
	cargo build --release --locked --features tls --bin dixit --example synthetic
	tools/bench/questions.sh 1000000

# Ask ten thousand generated questions on both databases; the suite asks some hundreds.
fuzz-queries: postgres
	FUZZ_QUESTIONS=10000 cargo test --locked $(FEATURES) --test it -- fuzz --nocapture

# Search for a hundred thousand random texts and two hundred made by hand on both databases; the suite
# for some hundreds. Tells the slowest.
searches: postgres
	SEARCHES=100000 cargo test --locked $(FEATURES) --test it -- searching::hostile --nocapture

# Stop a busy server twenty times on each database; the suite does so three times.
stops: postgres
	STOPS=20 cargo test --locked $(FEATURES) --test it -- drain --nocapture

# Kill imports two hundred times at random moments, half of them on each database; the suite does so
# ten times. KILL_SEED repeats the moments that a run printed.
kills: postgres
	KILLS=200 cargo test --locked $(FEATURES) --test it -- crash::kills --nocapture

# Try ten thousand random sequences of judgements and their undoing on each database; the suite some
# dozens.
judgements: postgres
	JUDGEMENT_SEQUENCES=10000 cargo test --locked $(FEATURES) --test it -- judgements::whatever --nocapture

# Install the PostgreSQL server that tests start for themselves, where there is none.
postgres:
	@sh tools/postgres.sh

# Install the Chromium that drives the pages in tests, where there is none.
chromium:
	@sh tools/chromium.sh

# Format and lints; warnings are errors. As `cargo clippy` runs clippy, save that what the tests need too
# is compiled once: a check of its own would take every dependency twice.
check:
	cargo fmt --check
	RUSTC_WORKSPACE_WRAPPER=clippy-driver CLIPPY_ARGS=-Dwarnings__CLIPPY_HACKERY__ \
		cargo test --locked --no-run $(FEATURES)

# Licences, bans and sources by cargo-deny itself, which takes minutes to install; `make test` checks
# the same by a test. `make deny CHECK=advisories` asks the database on GitHub.
CHECK = licenses bans sources
deny:
	@command -v cargo-deny >/dev/null || cargo install cargo-deny --locked
	cargo deny check $(CHECK)

# Write what is made from the code: schema.graphql and .env.example.
generate:
	cargo run --locked $(FEATURES) --quiet -- schema > schema.graphql.new && mv schema.graphql.new schema.graphql
	cargo run --locked $(FEATURES) --quiet -- config --example > .env.example.new && mv .env.example.new .env.example

clean:
	cargo clean
	rm -rf web/node_modules web/dist
