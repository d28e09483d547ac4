/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bodies of requests: what is taken, and that every fault is named.
 */
#include "api/body.h"

#include <string.h>

#include "testing.h"

static okrug_ctx *ctx;

static int setup(void **state) {
    (void)state;
    ctx = okrug_ctx_new(NULL);
    return ctx == NULL;
}

static int teardown(void **state) {
    (void)state;
    okrug_ctx_free(ctx);
    return 0;
}

static okrug_status read_job(const char *body, okrug_job_request *request) {
    okrug_messages_clear(ctx);
    return okrug_body_job(ctx, body, strlen(body), request);
}

static void assert_fault(const char *body, const char *code, const char *value) {
    okrug_job_request request;
    assert_int_equal(read_job(body, &request), OKRUG_BAD_USAGE);
    bool told = false;
    for (int64_t i = 0; i < okrug_messages(ctx); i++) {
        const okrug_message *message = okrug_message_at(ctx, i);
        told = told || (strcmp(message->code, code) == 0 && (value == NULL || strcmp(message->value[0], value) == 0));
    }
    if (!told) {
        fail_msg("%s: no %s (%s), but %s", body, code, value == NULL ? "" : value, okrug_message_at(ctx, 0)->code);
    }
}

static void a_whole_body(void **state) {
    (void)state;
    okrug_job_request request;
    assert_int_equal(
        read_job("{\"analysis\":\"a\",\"input\":\"#ё/т\",\"id\":\"x\",\"options\":[{\"name\":\"n\",\"value\":"
                 "\"]}\\\"\\\\\"},{\"value\":\"2\",\"name\":\"n\"}]}",
                 &request),
        OKRUG_OK);
    assert_string_equal(request.analysis, "a");
    assert_string_equal(request.input, "#ё/т");
    assert_string_equal(request.id, "x");
    assert_int_equal(request.options.count, 2);
    assert_string_equal(request.options.option[0].value, "]}\"\\");
    assert_string_equal(request.options.option[1].name, "n");
}

static void what_may_be_left_away(void **state) {
    (void)state;
    okrug_job_request request;
    assert_int_equal(read_job("{\"analysis\":\"a\",\"input\":\"#b\"}", &request), OKRUG_OK);
    assert_null(request.id);
    assert_int_equal(request.options.count, 0);
    assert_int_equal(read_job("{\"analysis\":\"a\",\"input\":\"#b\",\"id\":null,\"options\":[]}", &request), OKRUG_OK);
    assert_null(request.id);
}

static void every_fault_is_named(void **state) {
    (void)state;
    assert_fault("", "body-syntax", "0");
    assert_fault("{\"analysis\":", "body-syntax", NULL);
    assert_fault("{\"analysis\":\"a\",\"analysis\":\"b\",\"input\":\"#b\"}", "body-syntax", NULL);
    assert_fault("{\"analysis\":\"a\\u0000b\",\"input\":\"#b\"}", "body-syntax", NULL);
    assert_fault("{\"analysis\":\"\xFF\",\"input\":\"#b\"}", "body-syntax", NULL);
    assert_fault("{\"analysis\":\"a\",\"input\":\"#b\"} x", "body-syntax", NULL);
    assert_fault("[]", "body-type", "body");
    assert_fault("7", "body-type", "body");
    assert_fault("{}", "body-missing", "analysis");
    assert_int_equal(okrug_messages(ctx), 2); /* input too */
    assert_fault("{\"analysis\":1,\"input\":null}", "body-type", "analysis");
    assert_fault("{\"analysis\":1,\"input\":null}", "body-type", "input");
    assert_fault("{\"analysis\":\"a\",\"input\":\"#b\",\"folder\":\"/\"}", "body-unknown", "folder");
    assert_fault("{\"analysis\":\"a\",\"input\":\"#b\",\"options\":{}}", "body-type", "options");
    assert_fault("{\"analysis\":\"a\",\"input\":\"#b\",\"options\":[{\"name\":\"a\",\"value\":\"b\"},7]}", "body-type",
                 "options[1]");
    assert_fault("{\"analysis\":\"a\",\"input\":\"#b\",\"options\":[{\"name\":\"a\",\"value\":0.9}]}", "body-type",
                 "options[0].value");
    assert_fault("{\"analysis\":\"a\",\"input\":\"#b\",\"options\":[{\"value\":\"\",\"x\":1}]}", "body-missing",
                 "options[0].name");
    assert_fault("{\"analysis\":\"a\",\"input\":\"#b\",\"options\":[{\"value\":\"\",\"x\":1}]}", "body-unknown",
                 "options[0].x");
}

static void caps(void **state) {
    (void)state;
    okrug_job_request request;
    okrug_buffer body = {0};
    for (int i = 0; i < 100000; i++) {
        okrug_buffer_add_text(&body, "[");
    }
    assert_fault(body.bytes, "body-too-deep", "16");
    okrug_buffer_clear(&body);
    /* Brackets in texts are no depth. */
    okrug_buffer_add_text(&body, "{\"analysis\":\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[\\\"[[[[[[\",\"input\":\"#b\"}");
    assert_int_equal(read_job(body.bytes, &request), OKRUG_OK);
    for (int count = OKRUG_BODY_OPTIONS; count <= OKRUG_BODY_OPTIONS + 1; count++) {
        okrug_buffer_clear(&body);
        okrug_buffer_add_text(&body, "{\"analysis\":\"a\",\"input\":\"#b\",\"options\":[");
        for (int i = 0; i < count; i++) {
            okrug_buffer_add_format(&body, "%s{\"name\":\"n\",\"value\":\"%d\"}", i == 0 ? "" : ",", i);
        }
        okrug_buffer_add_text(&body, "]}");
        okrug_status status = read_job(body.bytes, &request);
        assert_int_equal(status, count > OKRUG_BODY_OPTIONS ? OKRUG_BAD_USAGE : OKRUG_OK);
    }
    okrug_buffer_free(&body);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_body),
        cmocka_unit_test(what_may_be_left_away),
        cmocka_unit_test(every_fault_is_named),
        cmocka_unit_test(caps),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
