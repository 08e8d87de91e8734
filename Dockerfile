# samples: the image of the examples, with the tools they call and a snapshot of this source.
# docker build --target samples -t agent-operator/samples:0.1 .
FROM debian:bookworm-slim AS samples
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates curl python3 && rm -rf /var/lib/apt/lists/*
COPY . /src
ENV PATH=/src/examples/quickstart:/src/examples/code-review:/src/examples/deploy-service:/src/examples/agentic-build:/usr/local/bin:/usr/bin:/bin
WORKDIR /src
USER 65532:65532

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY global.json Directory.Build.props Directory.Build.targets Directory.Packages.props .editorconfig ./
COPY eng eng
COPY src src
RUN dotnet publish src/AgentOperator -c Release -o /app -p:RestoreLockedMode=true

FROM build AS build-runtime
RUN dotnet publish src/AgentOperator.AgentRuntime -c Release -o /runtime -p:RestoreLockedMode=true

# agent-runtime: the process in agents' pods and in agent, prompt and tool steps. Servers of tools over stdio go into an image built from it.
# docker build --target agent-runtime -t agent-operator/agent-runtime:0.1 .
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled AS agent-runtime
WORKDIR /app
COPY --from=build-runtime /runtime ./
ENV DOTNET_EnableDiagnostics=0
USER 65532:65532
ENTRYPOINT ["dotnet", "/app/agent-runtime.dll"]

# operator, with the time zones of schedules: no shell, no package manager; runs with a read-only root as any user but root.
# docker build -t agent-operator/operator:0.1 .
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra AS operator
WORKDIR /app
COPY --from=build /app ./
# The diagnostics port is a socket in /tmp, which is read-only.
ENV DOTNET_EnableDiagnostics=0
USER 65532:65532
ENTRYPOINT ["dotnet", "/app/agent-operator.dll"]
