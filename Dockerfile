# samples: the image of the examples, with the tools they call and a snapshot of this source.
# docker build --target samples -t agent-operator/samples:0.1 .
FROM debian:bookworm-slim AS samples
COPY . /src
ENV PATH=/src/examples/quickstart:/usr/local/bin:/usr/bin:/bin
WORKDIR /src
USER 65532:65532
