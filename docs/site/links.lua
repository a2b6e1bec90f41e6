-- Links between documents lead to pages: docs/ is the site's root, and so is the project's. What is no page is in the repository.
local repository = "https://github.com/cleat-dev/cleat/blob/main/"
local source = ""

local function folder(path) return path:match("^(.*)/[^/]*$") or "" end

-- without . and ..
local function whole(path)
  local parts = {}
  for part in path:gmatch("[^/]+") do
    if part == ".." then table.remove(parts) elseif part ~= "." then table.insert(parts, part) end
  end
  return table.concat(parts, "/")
end

local function page(path)
  return path == "README.md" and "index.html" or (path:gsub("^docs/", ""):gsub("%.md$", ".html"))
end

local function lead(target)
  if target:match("^%a+://") or target:match("^#") or target:match("^mailto:") then return target end
  local path, anchor = target:match("^([^#]*)(.*)$")
  local full = whole(folder(source) .. "/" .. path)
  local here = folder(page(source))
  local up = here == "" and "" or (here:gsub("[^/]+", "..") .. "/")
  if full:match("%.md$") or full:match("^docs/pictures/") then return up .. page(full) .. anchor end
  return repository .. full .. anchor
end

return {
  { Meta = function(meta) source = pandoc.utils.stringify(meta.source) end },
  {
    Link = function(link) link.target = lead(link.target) return link end,
    Image = function(image) image.src = lead(image.src) return image end,
    Table = function(table) return pandoc.Div(table, pandoc.Attr("", { "wide" })) end,
  },
}
