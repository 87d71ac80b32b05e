/* Manifests of images. The first byte says whether it is an OCI layout (and which
 * platform is asked for); the first piece is index.json or manifest.json, the
 * others are the blobs sha256:00..00 to 00..03, or files called so. That their
 * digests are wrong is a note and nothing more. */
#include "fuzz.h"
#include "image/manifest.h"
#include "memory_file.h"

#include <inttypes.h>

static void add(struct buf *tar, const char *name, struct str bytes)
{
    char block[512] = {0};
    unsigned sum = 0;

    snprintf(block, 100, "%s", name);
    memcpy(block + 100, "0000644", 7);
    snprintf(block + 124, 12, "%011zo", bytes.n);
    memset(block + 148, ' ', 8);
    memcpy(block + 156,
           "0ustar\0"
           "00",
           9);
    memmove(block + 257, block + 157, 8);
    memset(block + 157, 0, 100);
    for (int i = 0; i < 512; i++)
        sum += (unsigned char)block[i];
    snprintf(block + 148, 8, "%06o", sum);
    buf_add(tar, block, sizeof block);
    buf_str(tar, bytes);
    buf_add(tar, (char[512]){0}, -bytes.n & 511);
}

FUZZ(4096)
{
    static const char *const platforms[] = {"", "linux/amd64", "linux/arm/v7", "a"};
    own(buf) tar = {0};
    unsigned how = fuzz_byte(&in);
    struct image_options options = {.platform = str_of(platforms[how >> 2 & 3])};
    bool oci = how & 1;
    struct err err = {0};
    char name[100];
    int r;

    if (oci)
        add(&tar, "oci-layout", S("{}"));
    add(&tar, oci ? "index.json" : "manifest.json", fuzz_piece(&in));
    for (int i = 0; i < 4; i++) {
        snprintf(name, sizeof name, "%s%064d%s", oci ? "blobs/sha256/" : "", i,
                 oci ? "" : ".json");
        add(&tar, name, fuzz_piece(&in));
    }
    {
        own(memory_file) file = memory_file_of(buf_view(&tar));
        struct image im = {.a = a, .fd = file.fd};

        r = image_read(&im, S(""), how & 2 ? S("a") : S(""), &options, NULL, &err);
        must_tell(r, err);
    }
}
