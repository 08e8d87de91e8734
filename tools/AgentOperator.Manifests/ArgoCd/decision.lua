-- A decision is made and then stays as it is.
return { status = "Healthy", message = obj.spec.decision .. " by " .. obj.spec.user }
