variable "env" {}
locals { images = { a = "nginx:1", b = "nginx:2" } }
resource "docker_container" "a" { image = lookup({ a = "lit:1", c = "lit:2" }, "a", "b:fallback") }
resource "docker_container" "b" { image = lookup({ a = "lit:3", c = "lit:4" }, var.env, "c:fallback") }
resource "docker_container" "c" { image = lookup(local.images, var.env, "d:fallback") }
resource "docker_container" "d" { image = { a = "lit:5", c = "lit:6" }[var.env] }
resource "docker_container" "e" { image = { a = "lit:7", c = "lit:8" }["a"] }
resource "docker_container" "f" { image = lookup({ a = "lit:9" }, "zz", "e:fallback") }
resource "docker_container" "g" { image = "repo/x:${lookup({ a = "1", c = "2" }, var.env, "3")}" }
resource "docker_container" "h" { image = lookup({ a = "lit:10" }, "a") }
resource "docker_container" "i" { image = ["l:1", "l:2"][0] }
resource "docker_container" "j" { image = element(["l:3", "l:4"], 1) }
resource "docker_container" "k" { image = merge({ a = "m:1" }, { b = "m:2" })["b"] }
