/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Packed files: .gz and .xz, several members, cut off, damaged; and the hash of what is stored.
 */
#include "reading.h"

#include <stdio.h>
#include <stdlib.h>

#include <lzma.h>
#include <zlib.h>

enum { ROOM = 1 << 20 };

typedef struct {
    unsigned char *bytes;
    size_t length;
} packed;

static void add_gz(packed *archive, const char *text) {
    z_stream gz = {0};
    assert_int_equal(deflateInit2(&gz, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    gz.next_in = (Bytef *)(uintptr_t)text;
    gz.avail_in = (uInt)strlen(text);
    gz.next_out = archive->bytes + archive->length;
    gz.avail_out = (uInt)(ROOM - archive->length);
    assert_int_equal(deflate(&gz, Z_FINISH), Z_STREAM_END);
    archive->length = ROOM - gz.avail_out;
    deflateEnd(&gz);
}

static void add_xz(packed *archive, const char *text) {
    assert_int_equal(lzma_easy_buffer_encode(6, LZMA_CHECK_CRC64, NULL, (const uint8_t *)text, strlen(text),
                                             archive->bytes, &archive->length, ROOM),
                     LZMA_OK);
}

static packed new_packed(void) {
    packed archive = {.bytes = malloc(ROOM)};
    assert_non_null(archive.bytes);
    return archive;
}

/* Random digits, so that the archive is long enough to be cut in its middle. */
static char *rows_text(int rows) {
    char *text = malloc((size_t)rows * 24 + 20);
    assert_non_null(text);
    strcpy(text, "region;value\n");
    size_t length = strlen(text);
    uint32_t random = 1;
    for (int i = 0; i < rows; i++) {
        random = random * 1664525u + 1013904223u;
        length += (size_t)sprintf(text + length, "r%u;%u\n", random >> 8, random & 0xFFF);
    }
    return text;
}

static void check_members(void (*add)(packed *, const char *), const char *name) {
    packed archive = new_packed();
    add(&archive, "region;val");
    add(&archive, "ue\na;1\n\"b");
    add(&archive, "\";2\n");
    reading made = read_bytes(wanting_region_value(), archive.bytes, archive.length);
    assert_int_equal(made.status, OKRUG_OK);
    assert_string_equal(made.understood.compression, name);
    assert_int_equal(made.table->rows, 2);
    assert_text(&made, "region", 1, "b");
    assert_number(&made, "value", 1, 2);
    assert_int_equal(strlen(made.understood.sha256), 64);
    done(&made);
    free(archive.bytes);
}

static void check_damage(void (*add)(packed *, const char *)) {
    packed archive = new_packed();
    char *text = rows_text(20000);
    add(&archive, text);
    free(text);
    reading made = read_bytes(wanting_region_value(), archive.bytes, archive.length);
    assert_int_equal(made.status, OKRUG_OK);
    assert_int_equal(made.table->rows, 20000);
    done(&made);
    for (size_t cut = 8; cut < archive.length; cut += archive.length / 3) {
        made = read_bytes(wanting_region_value(), archive.bytes, cut);
        assert_int_equal(made.status, OKRUG_BAD_INPUT);
        assert_int_equal(okrug_messages(made.ctx), 1);
        assert_string_equal(okrug_message_at(made.ctx, 0)->code, "archive-truncated");
        if (cut > archive.length / 3) {
            assert_true(okrug_message_at(made.ctx, 0)->place.line > 100);
        }
        done(&made);
    }
    archive.bytes[archive.length / 2] ^= 0x55;
    made = read_bytes(wanting_region_value(), archive.bytes, archive.length);
    assert_int_equal(made.status, OKRUG_BAD_INPUT);
    assert_int_equal(okrug_messages(made.ctx), 1); /* not the rubbish that it unpacks to */
    assert_string_equal(okrug_message_at(made.ctx, 0)->code, "archive-damaged");
    done(&made);
    free(archive.bytes);
}

static void test_members(void **state) {
    (void)state;
    check_members(add_gz, "gz");
    check_members(add_xz, "xz");
}

static void test_damage(void **state) {
    (void)state;
    check_damage(add_gz);
    check_damage(add_xz);
}

static void test_after_the_end(void **state) {
    (void)state;
    packed archive = new_packed();
    add_gz(&archive, "region;value\na;1\n");
    memset(archive.bytes + archive.length, 0, 512);
    reading made = read_bytes(wanting_region_value(), archive.bytes, archive.length + 512);
    assert_int_equal(made.status, OKRUG_OK); /* padding */
    done(&made);
    memset(archive.bytes + archive.length, 'x', 10);
    made = read_bytes(wanting_region_value(), archive.bytes, archive.length + 10);
    assert_int_equal(made.status, OKRUG_BAD_INPUT);
    assert_message(&made, 0, "archive-damaged", 3, NULL);
    done(&made);
    free(archive.bytes);
}

static void test_packed_in_another_encoding_with_commas(void **state) {
    (void)state;
    /* Each attempt to read unpacks again. */
    packed archive = new_packed();
    add_xz(&archive, "region,value\na,\"0,5\"\n\xCC\xEE\xF1\xEA\xE2\xE0,\"1,25\"\n");
    reading made = read_bytes(wanting_region_value(), archive.bytes, archive.length);
    assert_int_equal(made.status, OKRUG_OK);
    assert_text(&made, "region", 1, "Москва");
    assert_number(&made, "value", 1, 1.25);
    assert_int_equal(made.understood.rows_read, 2);
    done(&made);
    free(archive.bytes);
}

static void test_zip(void **state) {
    (void)state;
    assert_refused(wanting_region_value(), "PK\x03\x04 and so on", "is-zip", 1);
}

/* FIPS 180-2: the hash of "abc" is known; here it is that of a file of these three bytes. */
static void test_hash(void **state) {
    (void)state;
    okrug_source_request request = {.path = "in.csv"};
    reading made = read_text(request, "abc");
    assert_int_equal(made.status, OKRUG_OK);
    assert_string_equal(made.understood.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    done(&made);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_members),       cmocka_unit_test(test_damage),
        cmocka_unit_test(test_after_the_end), cmocka_unit_test(test_packed_in_another_encoding_with_commas),
        cmocka_unit_test(test_zip),           cmocka_unit_test(test_hash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
