# make              build/lotse
# make demo         installs what is missing, builds, scans an example image
# make check        installs what is missing, builds, runs every test
# make check-every  every call that can fail, every byte cut off: an hour or more
# make check-long   the large comparisons with the reference programs
# make asan         make check under the address and undefined-behaviour sanitizers
# make fuzz F=NAME  a minute of fuzzing with tests/fuzz/NAME_fuzz.c (clang); T=SECONDS
# make fuzz-all     every target, a minute each, two at a time; T=SECONDS
# make fuzz-long    every target until it has had enough (docs/fuzzing.md)
# make cover        which share of the parsers and the database the tests run
# make bench        times scans against a floor and other scanners (docs/performance.md)
# make format       clang-format over src/ and tests/
CC      ?= cc
CXX     ?= c++
BUILD   ?= build
CFLAGS  ?= -O2 -g
MAKEFLAGS += --no-print-directory

LIBS    := libcrypto expat libseccomp libzstd liblzma sqlite3 libfyaml simdjson zlib
ISAL    := $(shell pkg-config --exists libisal 2>/dev/null && echo -DHAVE_ISAL)
LDLIBS   = $(shell pkg-config --libs $(LIBS) $(if $(ISAL),libisal)) -lbz2 -lpthread -lm

WARN     = -Wall -Wextra -Wno-missing-field-initializers -Wshadow -Wvla -Wundef -Wpointer-arith -Wwrite-strings -Wformat=2
WARN_C   = -Wstrict-prototypes -Wmissing-prototypes -Wnull-dereference
HARDEN   = -fstack-protector-strong -D_FORTIFY_SOURCE=2 -fPIE
ALL      = $(WARN) $(HARDEN) -D_GNU_SOURCE $(ISAL) -Isrc -I$(BUILD)/gen -MMD -MP $(CFLAGS)
ALL_C    = -std=gnu17 $(WARN_C) $(ALL)
ALL_CXX  = -std=c++17 -fno-exceptions -fno-rtti $(filter-out -Wshadow,$(ALL))

LIB_SRC := $(filter-out src/cli/main.c,$(wildcard src/*/*.c)) $(wildcard src/*/*.cc)
LIB_OBJ := $(patsubst %,$(BUILD)/%.o,$(basename $(LIB_SRC)))
TOOLS   := $(patsubst tests/%.c,$(BUILD)/%,$(filter-out %/fault.c,$(wildcard tests/tools/*.c))) \
           $(BUILD)/tools/fault.so
export BENCH ?= $(CURDIR)/$(BUILD)/bench
BENCHES := $(patsubst bench/%.c,$(BUILD)/bench/%,$(wildcard bench/*.c))
TESTS   := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/*_test.c))

all: $(BUILD)/lotse
$(BUILD)/lotse: $(BUILD)/src/cli/main.o $(BUILD)/liblotse.a
	@echo "link $@"
	@$(CXX) $(CFLAGS) -pie -Wl,-z,relro,-z,now -o $@ $^ $(LDLIBS)
$(BUILD)/liblotse.a: $(LIB_OBJ)
	@rm -f $@ && $(AR) rcs $@ $^
$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	@echo "cc $<"
	@$(CC) $(ALL_C) -c -o $@ $<
$(BUILD)/%.o: %.cc
	@mkdir -p $(@D)
	@echo "c++ $<"
	@$(CXX) $(ALL_CXX) -c -o $@ $<
$(BUILD)/tests/%: tests/unit/%.c $(BUILD)/liblotse.a
	@mkdir -p $(@D)
	@echo "test $@"
	@$(CC) $(ALL_C) -c -o $@.o $<
	@$(CXX) $(CFLAGS) -pie -o $@ $@.o $(BUILD)/liblotse.a -lcmocka -larchive $(LDLIBS)

$(BUILD)/tools/%: tests/tools/%.c $(BUILD)/liblotse.a
	@mkdir -p $(@D)
	@echo "tool $@"
	@$(CC) $(ALL_C) -c -o $@.o $<
	@$(CXX) $(CFLAGS) -pie -o $@ $@.o $(BUILD)/liblotse.a $(LDLIBS)

# Preloaded, and so without the sanitizers, which want to be the first.
$(BUILD)/tools/fault.so: tests/tools/fault.c
	@mkdir -p $(@D)
	@echo "tool $@"
	@$(CC) -std=gnu17 $(WARN) -O2 -g -shared -fPIC -o $@ $<

# bench/NAME.c; the floor and the watch use none of ours
$(BUILD)/bench/%: bench/%.c $(BUILD)/liblotse.a
	@mkdir -p $(@D)
	@echo "bench $@"
	@$(CC) $(ALL_C) -c -o $@.o $<
	@$(CXX) $(CFLAGS) -pie -o $@ $@.o $(BUILD)/liblotse.a -Wl,--as-needed $(LDLIBS)
bench: deps
	tools/deps bench
	$(MAKE) $(BUILD)/lotse $(BENCHES)
	bench/images
	bench/peers/install $(BENCH)/peers
	bench/run

deps:
	tools/deps
demo: deps
	$(MAKE) $(BUILD)/lotse
	tests/tools/example $(BUILD)/example
	$(BUILD)/lotse db build --feeds data --db $(BUILD)/db
	@echo
	$(BUILD)/lotse image --db $(BUILD)/db --fail-on none $(BUILD)/example/shop-alpine.tar
	@echo
	$(BUILD)/lotse image --db $(BUILD)/db --fail-on none --severity-threshold high $(BUILD)/example/shop-debian.tar
check: deps
	$(MAKE) $(BUILD)/lotse tests
	tests/run check
check-every: deps
	$(MAKE) $(BUILD)/lotse tests
	tests/run every
check-long: deps
	$(MAKE) $(BUILD)/lotse tests
	tests/run long
asan: deps
	BUILD=$(BUILD)-asan CFLAGS='-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all' \
	HARDEN=-fPIE $(MAKE) BUILD=$(BUILD)-asan HARDEN=-fPIE asan-run
asan-run: $(BUILD)/lotse tests
	BUILD=$(BUILD) tests/run check
# Counts are added up by all processes; -O0, so that a line is a line.
cover: deps
	find $(BUILD)-cover -name '*.gcda' -delete 2>/dev/null || true
	BUILD=$(BUILD)-cover CFLAGS='-O0 -g --coverage -fprofile-update=atomic -Wl,-u,__gcov_dump' \
	HARDEN=-fPIE $(MAKE) BUILD=$(BUILD)-cover HARDEN=-fPIE cover-run
	tools/cover $(BUILD)-cover
cover-run: $(BUILD)/lotse tests
	BUILD=$(BUILD) tests/run check
tests: $(TESTS) $(TOOLS) $(BUILD)/fuzz_replay
# The library once more for clang's fuzzer, and a program for each target.
FUZZERS   := $(patsubst tests/fuzz/%_fuzz.c,%,$(wildcard tests/fuzz/*_fuzz.c))
FUZZ_DIR   = $(BUILD)-fuzz
# Of an empty str the end is NULL + 0, which C2y allows.
FUZZ_SAN   = -fsanitize=address,undefined -fno-sanitize=pointer-overflow -fno-sanitize-recover=all -fno-omit-frame-pointer
FUZZ_MAKE  = $(MAKE) -j2 CC=clang CXX=clang++ BUILD=$(FUZZ_DIR) HARDEN=-fPIE \
	CFLAGS='-O1 -g -Wno-format-nonliteral -fsanitize=fuzzer-no-link $(FUZZ_SAN)' CORPUS=$(BUILD)/corpus
T         ?= 60
export SEED
fuzz: fuzz-deps $(BUILD)/corpus/seeds
	$(FUZZ_MAKE) $(FUZZ_DIR)/$(F)_fuzz
	tests/fuzz/run $(FUZZ_DIR) $(BUILD)/corpus $(T) $(F)
fuzz-all: fuzz-deps $(BUILD)/corpus/seeds
	$(FUZZ_MAKE) $(FUZZERS:%=$(FUZZ_DIR)/%_fuzz)
	tests/fuzz/run $(FUZZ_DIR) $(BUILD)/corpus $(T) $(FUZZERS)
fuzz-long:
	$(MAKE) fuzz-all T=long
fuzz-deps: deps
	tools/deps fuzz
$(BUILD)/corpus/seeds: tests/fuzz/seeds $(BUILD)/lotse
	tests/fuzz/seeds $(BUILD)/corpus
	@touch $@
%_fuzz: %_fuzz.o $(BUILD)/liblotse.a
	@echo "link $@"
	@$(CXX) -fsanitize=fuzzer $(FUZZ_SAN) -o $@ $^ $(LDLIBS)
$(BUILD)/%_fuzz.o: tests/fuzz/%_fuzz.c
	@mkdir -p $(@D)
	@echo "cc $<"
	@$(CC) $(ALL_C) -Wno-unused-function -c -o $@ $<

# The same targets without a fuzzer: build/replay NAME FILE...
$(BUILD)/replay/%.o: tests/fuzz/%.c
	@mkdir -p $(@D)
	@echo "cc $<"
	@$(CC) $(ALL_C) -DFUZZ_NAME='"$(*:_fuzz=)"' -c -o $@ $<
$(BUILD)/fuzz_replay: $(patsubst tests/fuzz/%.c,$(BUILD)/replay/%.o,$(wildcard tests/fuzz/*.c)) $(BUILD)/liblotse.a
	@echo "link $@"
	@$(CXX) $(CFLAGS) -pie -o $@ $^ $(LDLIBS)
format:
	find src tests bench -name '*.[ch]' -o -name '*.cc' | xargs clang-format -i
clean:
	rm -rf build build-asan build-fuzz build-cover
-include $(shell find $(BUILD) -path '$(BUILD)/bench/*/*' -prune -o -type f -name '*.d' -print 2>/dev/null)
.PHONY: all deps demo check check-every check-long asan asan-run tests fuzz fuzz-all fuzz-long fuzz-deps cover cover-run format clean bench
.DELETE_ON_ERROR:
