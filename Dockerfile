# Two stages: the first one resolves and builds, the second one only runs.
ARG BASE_IMAGE=python:3.11-slim

FROM ${BASE_IMAGE} AS build
WORKDIR /src
COPY requirements.txt requirements-build.txt ./
RUN python3 -m venv /opt/lodestone \
    && /opt/lodestone/bin/pip install --no-cache-dir --require-hashes -r requirements.txt \
    && python3 -m venv /opt/build \
    && /opt/build/bin/pip install --no-cache-dir --require-hashes -r requirements-build.txt
COPY pyproject.toml README.md LICENSE ./
COPY app app
COPY examples examples
RUN /opt/build/bin/python -m hatchling build --target wheel --directory /tmp/wheel \
    && /opt/lodestone/bin/pip install --no-cache-dir --no-deps /tmp/wheel/*.whl \
    && /opt/lodestone/bin/lodestone check-data \
    && /opt/lodestone/bin/pip uninstall --yes pip setuptools

FROM ${BASE_IMAGE}
LABEL org.opencontainers.image.title="Lodestone" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /opt/lodestone /opt/lodestone
ENV PATH=/opt/lodestone/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["python3", "-c", \
    "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
ENTRYPOINT ["lodestone"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
