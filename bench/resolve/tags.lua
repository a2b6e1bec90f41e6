-- Asks for each tag once, as cleat does, but with GET: wrk waits for a body after HEAD. Stops wrk at the last answer and prints
-- the seconds it took.
local ffi = require("ffi")
ffi.cdef[[ typedef struct { long s; long ns; } cleat_time; int clock_gettime(int, cleat_time *); int kill(int, int); int getpid(); ]]
local function now()
  local t = ffi.new("cleat_time")
  ffi.C.clock_gettime(1, t)
  return tonumber(t.s) + tonumber(t.ns) / 1e9
end

local tags = tonumber(os.getenv("TAGS") or "1000")
local asked, answered, start = 0, 0, nil
local headers = { ["Accept-Encoding"] = "identity", ["User-Agent"] = "wrk", ["Accept"] =
  "application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json, application/vnd.docker.distribution.manifest.v1+prettyjws, application/vnd.docker.distribution.manifest.v1+json" }

function request()
  start = start or now()
  local tag = asked % tags
  asked = asked + 1
  return wrk.format("GET", "/v2/team/app/manifests/t" .. tag, headers)
end

function response(status)
  answered = answered + 1
  if answered == tags then
    print(string.format("took %.6f", now() - start))
    io.stdout:flush()
    wrk.thread:stop()
    ffi.C.kill(ffi.C.getpid(), 2)
  end
end
