# Two commands matter: `make run` and `make test`. Both install what is missing first.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
ENV := . .tools/env.sh;
DATA ?= data
LISTEN ?= 127.0.0.1:8080
DEMO ?= --demo

.PHONY: run test dev bench screenshots tools app clean

tools:
	@.dev/setup.sh

app: tools
	@$(ENV) .dev/app.sh

run: app
	@$(ENV) cargo build --quiet
	@$(ENV) exec target/debug/lanepad serve --listen $(LISTEN) --data $(DATA) $(DEMO)

test: tools
	@$(ENV) .dev/test.sh

# The app is built again on every save, at http://localhost:8081; the server answers behind it. The
# development build has a folder of its own: what `make run` serves stays as it is.
dev: tools
	@$(ENV) cargo build --quiet; target/debug/lanepad serve --listen $(LISTEN) --data $(DATA) $(DEMO) & \
	  trap "kill $$! 2>/dev/null || true" EXIT; trunk serve --cargo-profile dev --dist target/dev-app --proxy-backend http://$(LISTEN)/api

bench: app
	@$(ENV) cargo test --test api -- --ignored --nocapture --test-threads=1 bench
	@$(ENV) cargo test --test e2e -- --ignored --nocapture --test-threads=1 bench

screenshots: app
	@$(ENV) cargo test --test e2e -- --ignored --nocapture --test-threads=1 screenshots
	cp tests/screenshots/zh-wide-board.png tests/screenshots/zh-wide-walkaround.png tests/screenshots/en-wide-sign.png .dev/pictures/

clean:
	rm -rf target dist .tools
