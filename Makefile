# `make demo` and `make test` do everything on a machine with a Swift toolchain.
# DATA=DIR takes published data files from a folder instead of downloading them.

SWIFT_BUILD = swift build --explicit-target-dependency-import-check error
TANDEM = .build/release/tandem
SOURCES = Package.swift Sources Tests

.PHONY: demo test build bench lint format bootstrap clean

demo: build
	scripts/demo $(TANDEM) demo $(DATA)

build: bootstrap
	$(SWIFT_BUILD) -c release --product tandem

test: bootstrap
	$(SWIFT_BUILD) --build-tests
	swift test --skip-build --parallel

bench: build
	Benchmarks/run $(TANDEM) $(DATA)
	swift run -c release tandem-bench

lint:
	swift format lint --strict --recursive --parallel $(SOURCES)
	scripts/check-layout

format:
	swift format --in-place --recursive --parallel $(SOURCES)

bootstrap:
	@scripts/bootstrap

clean:
	rm -rf .build demo
