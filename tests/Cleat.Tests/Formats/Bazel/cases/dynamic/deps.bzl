TAG = "1"

def deps(image):
    oci_pull(name = "a", image = image, tag = "1")
    oci_pull(name = "b", image = "gcr.io/a/b", tag = TAG)
    oci_pull(name = "c", image = "gcr.io/{}/b".format("x"), tag = "1")
    oci_pull(name = "d", image = "gcr.io/a/b", digest = DIGESTS["d"])
    container_pull(name = "e", registry = HOST + ":80", repository = "a/b")
