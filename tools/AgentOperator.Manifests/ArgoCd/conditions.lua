local conditions = {}
if obj.status ~= nil and obj.status.conditions ~= nil then
  for _, condition in ipairs(obj.status.conditions) do
    conditions[condition.type] = condition
  end
end

local function holds(name)
  return conditions[name] ~= nil and conditions[name].status == "True"
end

local function health(status, message)
  return { status = status, message = message }
end

local ready = conditions.Ready
if ready == nil then
  return health("Progressing", "the operator has not looked at it yet")
end

-- A gate holds the run that is under way, whatever the spec has become since.
if holds("AwaitingApproval") then
  return health("Suspended", conditions.AwaitingApproval.message)
end

if ready.reason == "Suspended" then
  return health("Suspended", ready.message)
end

if holds("Reconciling") then
  return health("Progressing", conditions.Reconciling.message)
end

local observed = obj.status.observedGeneration
if observed ~= nil and observed ~= obj.metadata.generation then
  return health("Progressing", "the operator has not looked at the newest spec yet")
end

if ready.status == "True" then
  return health("Healthy", ready.message)
end

if holds("Stalled") or ready.status == "False" then
  return health("Degraded", ready.message)
end

return health("Progressing", ready.message)
