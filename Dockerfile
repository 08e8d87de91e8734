# samples: the image of the examples, with the tools they call and a snapshot of this source.
# docker build --target samples -t agent-operator/samples:0.1 .
FROM debian:bookworm-slim AS samples
COPY . /src
ENV PATH=/src/examples/quickstart:/usr/local/bin:/usr/bin:/bin
WORKDIR /src
USER 65532:65532

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY global.json Directory.Build.props Directory.Build.targets Directory.Packages.props .editorconfig ./
COPY eng eng
COPY src src
RUN dotnet publish src/AgentOperator -c Release -o /app -p:RestoreLockedMode=true

# operator: no shell, no package manager; runs with a read-only root as any user but root.
# docker build -t agent-operator/operator:0.1 .
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled AS operator
WORKDIR /app
COPY --from=build /app ./
# The diagnostics port is a socket in /tmp, which is read-only.
ENV DOTNET_EnableDiagnostics=0
USER 65532:65532
ENTRYPOINT ["dotnet", "/app/agent-operator.dll"]
