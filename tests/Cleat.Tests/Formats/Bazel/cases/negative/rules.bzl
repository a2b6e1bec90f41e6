"""Uses oci.pull(image = "in/a/docstring:1")."""
# oci_pull(name = "x", image = "in/a/comment:1")

def oci_pull(name, image = None, tag = None):
    pass

def images():
    git.pull(name = "x", remote = "y")
    oci_image(name = "x", image = "not/pulled:1")
    pull(image = "not/an/extension:1")
    oci_pull(name = "nothing", image = None)
