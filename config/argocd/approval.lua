-- Written by tools/AgentOperator.Manifests: change tools/AgentOperator.Manifests/ArgoCd.
-- A decision is made and then stays as it is.
return { status = "Healthy", message = obj.spec.decision .. " by " .. obj.spec.user }
