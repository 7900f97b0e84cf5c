# make demo: index the samples and serve them.  make test: everything that must pass.
PYTHON ?= python3
BIN := .venv/bin
DEMO_INDEX := index
LETTERS ?= samples/letters

.PHONY: setup demo test servers test-postgresql test-cluster test-servers faults lint browser parse-report survival bench bench-full bench-state findability reasons reason-classifier reason-signs facts pasted request-classifier house picture torture soak \
  lock sbom wheel power-cuts

setup: .venv/installed

# Nothing is installed whose hash the lock does not name; the second step adds the project itself.
.venv/installed: pyproject.toml constraints.txt requirements-dev.lock
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	  -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation \
	  -c constraints.txt -e ".[dev]"
	touch $@

# The tools of a release have an environment of their own: no list names them as ours.
RELEASE := .venv/release
$(RELEASE)/installed: Makefile
	$(PYTHON) -m venv $(RELEASE)
	$(RELEASE)/bin/pip install --quiet --disable-pip-version-check uv==0.13.8 cyclonedx-bom==7.5.0
	touch $@

# The pins of constraints.txt with the hashes of their files; after a change of either list.
LOCK = $(RELEASE)/bin/uv pip compile --quiet pyproject.toml -c constraints.txt --generate-hashes \
  --python-version 3.11 --python-platform linux --no-annotate --custom-compile-command "make lock"
lock: $(RELEASE)/installed
	$(LOCK) -o requirements.lock
	$(LOCK) --extra dev -o requirements-dev.lock

# What an installation holds, as CycloneDX: dist/imrsearch.cdx.json.
sbom: $(RELEASE)/installed
	rm -rf dist/runtime && mkdir -p dist && $(PYTHON) -m venv --without-pip dist/runtime
	$(RELEASE)/bin/uv pip install --quiet --python dist/runtime/bin/python --require-hashes \
	  -r requirements.lock
	$(RELEASE)/bin/cyclonedx-py environment dist/runtime/bin/python --pyproject pyproject.toml \
	  --output-reproducible -o dist/imrsearch.cdx.json
	rm -rf dist/runtime

# The same commit gives the same bytes.
wheel: setup
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(BIN)/python -m pip wheel --quiet --no-deps \
	  --no-build-isolation --disable-pip-version-check -w dist .
	sha256sum dist/imrsearch-*.whl

demo: setup
	$(BIN)/imrsearch --index $(DEMO_INDEX) index $(LETTERS)
	$(BIN)/imrsearch --index $(DEMO_INDEX) serve --host 127.0.0.1 --port 8000

lint: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

# One process a core: each takes a run of files, and who has finished takes half of what another
# has left. Hundreds of tests start Python: without its bytecode, each would compile the package anew.
test: lint browser
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest -n auto --dist worksteal -m "not cluster"

# Real servers: OpenSearch once from Maven Central, checked by its hash; PostgreSQL from Debian,
# without a database of the system's own.
servers: setup
	@command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 \
	  || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && mkdir -p /etc/postgresql-common \
	  && echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.conf \
	  && apt-get update -q && apt-get install -y -q --no-install-recommends postgresql; } \
	  || echo "POSTGRESQL IS MISSING: nothing on it will be tested."
	@{ command -v mvn >/dev/null && command -v java >/dev/null \
	  && $(BIN)/python -m tests.cluster.servers; } \
	  || echo "MAVEN OR JAVA IS MISSING: nothing on OpenSearch will be tested."

# What runs on PostgreSQL alone, where it is installed.
test-postgresql: setup
	$(BIN)/python -m pytest -n auto --dist worksteal -m cluster -rs tests/storage/builds tests/storage/collection \
	  tests/indexing tests/web/test_library.py

# What runs on these servers: the engines' contract, builds, faults. FAULTS=--torture: all rounds.
test-cluster: servers
	$(BIN)/python -m pytest -m cluster -rs $(FAULTS)

# The core of these, for .ci/run: where a server is missing or does not start, or time is over, that
# is told and nothing fails.
test-servers: setup
	$(BIN)/python -m tests.cluster.core

# Faults alone, so many rounds of each, and what they told: make faults ROUNDS=20 FAULT=killed_nodes
# (killed_nodes, hung_nodes, killed_runs, restarted_database; without FAULT, each).
ROUNDS ?= 5
FAULT ?= killed_nodes or hung_nodes or killed_runs or restarted_database
faults: servers
	$(BIN)/python -m pytest -m cluster -rs -s tests/cluster --rounds $(ROUNDS) -k "$(FAULT)"

# The browser tests drive Debian's Chromium; without it and without the rights to install it they
# are skipped. Widths are tested with two fonts by name; where they are missing, with others.
browser:
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && apt-get update -q && apt-get install -y -q --no-install-recommends chromium \
	  fonts-liberation fonts-dejavu-core; } \
	  || echo "Chromium is missing: the browser tests will be skipped."

# What the reader gains and loses against an earlier revision, fact by fact:
# make parse-report LETTERS=letters/ BEFORE=HEAD~3
BEFORE ?= HEAD~1
parse-report: setup
	$(BIN)/python -m benchmarks.parse_report $(LETTERS) $(BEFORE) $(AFTER)

# How many facts of the written letters (samples/written) are found, unspoiled and after one mishap
# each, such as a misspelt label: LETTERS_EACH of every form; and in PDFS_EACH as PDFs of three
# generators by six extractors, as far as Chromium and poppler's pdftotext are at hand.
LETTERS_EACH ?= 36
PDFS_EACH ?= 6
survival: setup
	$(BIN)/python -m benchmarks.survival $(LETTERS_EACH) 20 $(PDFS_EACH)

# Rooms, imports, names and sizes beside their bars (docs/architecture.md).
house: setup
	$(BIN)/python -m benchmarks.house --page

# The picture of the layers, from the list in docs/architecture.md.
picture: setup
	$(BIN)/python -m benchmarks.rooms

# How well searches find what people want: nDCG@10 beside plain BM25, and what each kind of evidence
# is worth.  Before a release also make findability SETS=closing: searches that nobody looked at
# while tuning.
SETS ?= tuned open fresh
findability: setup
	$(BIN)/python -m benchmarks.findability $(SETS) --each --ablation

# How well the reasons of decisions are read; on real letters too, where they and labels are given:
# make reasons LETTERS=letters/ LABELS=labels.json
LABELS ?=
reasons: setup
	$(BIN)/python -m benchmarks.reasons --each $(if $(LABELS),--letters $(LETTERS) --labels $(LABELS))

# Train the classifier of sentences anew, and tell what it is worth alone: on each half of its
# sentences by the other.
reason-classifier: setup
	$(BIN)/python -m benchmarks.reason_classifier --measure
	$(BIN)/python -m benchmarks.reason_classifier

# Learn how the signs weigh by which a rationale gives a reason that no phrase tells, after the
# classifier; and tell what that is worth on each hand's rationales by the others.
reason-signs: setup
	$(BIN)/python -m benchmarks.reason_signs

# How well amounts, modifications and body parts are read; on real letters too, likewise:
# make facts LETTERS=letters/ LABELS=labels.json
facts: setup
	$(BIN)/python -m benchmarks.facts $(if $(filter-out samples/letters,$(LETTERS)),--letters $(LETTERS)) $(if $(LABELS),--labels $(LABELS))

# How well pasted texts are read; before a release also the texts that nobody looked at while tuning:
# make pasted PASTED="open closing fresh fresh-closing last end spring autumn winter winter-closing
# thaw thaw-closing unusual varied march april may june july august september october".
# Whether precedents are right is counted over the samples, or over LETTERS=letters/.
PASTED ?= open
pasted: setup
	$(BIN)/python -m benchmarks.pasted $(PASTED) --each --letters $(LETTERS)

# Trains the classifier of requests in pasted texts on the sets of pasted texts, and measures it by the
# sets of each hand, asked by what the others teach.
request-classifier: setup
	$(BIN)/python -m benchmarks.request_classifier --measure
	$(BIN)/python -m benchmarks.request_classifier

# Speed, beside peers on the same corpus, searches and machine: 10,000 issues in minutes, a million
# in about an hour.  Collections and indexes stay in BENCH_FOLDER for the next time.  The figures go
# into benchmarks/results and from there into benchmarks/README.md and its charts.
BENCH_FOLDER ?= /tmp/imrsearch-bench
MEASURE = $(BIN)/python -m benchmarks.

bench: setup
	$(MEASURE)reading $(LETTERS)
	$(MEASURE)searching 10000 --folder $(BENCH_FOLDER)
	$(MEASURE)serving 10000 whoosh --folder $(BENCH_FOLDER)
	$(MEASURE)shell 10000 whoosh --folder $(BENCH_FOLDER)
	$(MEASURE)report

bench-full: setup
	$(MEASURE)searching 100000 tantivy --folder $(BENCH_FOLDER)
	$(MEASURE)serving 100000 tantivy --folder $(BENCH_FOLDER)
	$(MEASURE)searching 1000000 tantivy --folder $(BENCH_FOLDER)
	$(MEASURE)shell 1000000 tantivy --folder $(BENCH_FOLDER)
	$(MEASURE)adding 1000000 tantivy --folder $(BENCH_FOLDER)
	$(MEASURE)report

# The whole State, beside bare Tantivy: 3 million issues of 1.9 million letters, and a share of the
# letters from PDFs.  Two hours, 4 GiB of memory, 40 GB of disk.
STATE_ISSUES ?= 3000000
STATE_PDFS ?= 50000
bench-state: setup
	$(MEASURE)searching $(STATE_ISSUES) tantivy --peers tantivy --folder $(BENCH_FOLDER)
	$(MEASURE)adding $(STATE_ISSUES) tantivy --folder $(BENCH_FOLDER)
	$(MEASURE)shell $(STATE_ISSUES) tantivy --folder $(BENCH_FOLDER)
	$(MEASURE)state $(STATE_PDFS) --folder $(BENCH_FOLDER)
	$(MEASURE)report

# Reliability in full length (docs/reliability.md): about an hour.
# TIMES=5: 1,000 killed runs and 100,000 requests, in half a day.  RECORDER: a recording file system,
# for make power-cuts (tests/reliability/power_cuts.py).
TIMES ?= 1
# Fuzzing needs atheris, which exists for Linux; elsewhere it is left out.
torture: setup
	-$(BIN)/python -m pip install -q -c constraints.txt -e '.[fuzz]'
	$(BIN)/python -m pytest tests/reliability --torture --times $(TIMES) -s

RECORDER ?= recorder
power-cuts: setup
	$(BIN)/python -m tests.reliability.power_cuts $(RECORDER)

# Four hours of mixed use; MINUTES=60: one.
MINUTES ?= 240
soak: setup
	$(MEASURE)soak --minutes $(MINUTES)
	$(MEASURE)report
