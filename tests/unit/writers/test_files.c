/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whole files and directories: the old one or the new one, never half; what cannot be written is named.
 */
#include <dirent.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "writers_testing.h"

typedef struct {
    char folder[64];
    char path[160];
    okrug_ctx *ctx;
} place;

static int setup(void **state) {
    place *p = calloc(1, sizeof *p);
    const char *parent = getenv("TMPDIR");
    snprintf(p->folder, sizeof p->folder, "%s/okrug-test-XXXXXX", parent != NULL ? parent : P_tmpdir);
    assert_non_null(mkdtemp(p->folder));
    p->ctx = okrug_ctx_new(NULL);
    *state = p;
    return 0;
}

static int teardown(void **state) {
    place *p = *state;
    char command[96];
    snprintf(command, sizeof command, "rm -rf '%s'", p->folder);
    assert_int_equal(system(command), 0);
    okrug_ctx_free(p->ctx);
    free(p);
    return 0;
}

static const char *in(place *p, const char *name) {
    snprintf(p->path, sizeof p->path, "%s/%s", p->folder, name);
    return p->path;
}

static void assert_file(place *p, const char *name, const char *expected) {
    char text[512] = "";
    FILE *file = fopen(in(p, name), "r");
    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    assert_string_equal(text, expected);
}

static int files_in(const char *folder) {
    DIR *directory = opendir(folder);
    int count = -2; /* . and .. */
    while (readdir(directory) != NULL) {
        count++;
    }
    closedir(directory);
    return count;
}

static void a_file_is_replaced(void **state) {
    place *p = *state;
    assert_int_equal(okrug_write_file(p->ctx, in(p, "a.txt"), "one", 3), OKRUG_OK);
    assert_file(p, "a.txt", "one");
    assert_int_equal(chmod(in(p, "a.txt"), 0640), 0);
    assert_int_equal(okrug_write_file(p->ctx, in(p, "a.txt"), "two\n", 4), OKRUG_OK);
    assert_file(p, "a.txt", "two\n");
    struct stat mode;
    assert_int_equal(stat(in(p, "a.txt"), &mode), 0);
    assert_int_equal(mode.st_mode & 07777, 0640);
    assert_int_equal(files_in(p->folder), 1);
}

static void a_link_stays_a_link(void **state) {
    place *p = *state;
    char target[160];
    snprintf(target, sizeof target, "%s", in(p, "target"));
    assert_int_equal(okrug_write_file(p->ctx, target, "one", 3), OKRUG_OK);
    assert_int_equal(symlink(target, in(p, "link")), 0);
    assert_int_equal(okrug_write_file(p->ctx, in(p, "link"), "two", 3), OKRUG_OK);
    assert_file(p, "target", "two");
    struct stat link;
    assert_int_equal(lstat(in(p, "link"), &link), 0);
    assert_true(S_ISLNK(link.st_mode));
}

static void a_directory_of_results(void **state) {
    place *p = *state;
    okrug_dataset *dataset = small_result();
    okrug_dataset_add_table(dataset, "../up");
    okrug_dataset_add_table(dataset, ".._up");
    okrug_dataset_add_table(dataset, "таблица 2");
    dataset->provenance = "{\"seed\":42}";
    assert_int_equal(okrug_write_directory(p->ctx, dataset, in(p, "a/b c/d/")), OKRUG_OK);
    assert_file(p, "a/b c/d/provenance.json", "{\n  \"seed\": 42\n}\n");
    assert_file(p, "a/b c/d/таблица 2.csv", "reason\n");
    assert_file(p, "a/b c/d/_.._up.csv", "reason\n");
    assert_file(p, "a/b c/d/_.._up_2.csv", "reason\n");
    assert_file(p, "a/b c/d/quotients.csv",
                "region,lq,z,reason\n07,0.1,-0,\n,1e+300,,z:zero-total\nКалуга,,,lq:suppressed;z:undefined\n"
                ",12345678901234568,3,\n");
    assert_int_equal(files_in(in(p, "a/b c/d")), 5);
    /* Again, over what is there. */
    dataset->provenance = NULL;
    assert_int_equal(okrug_write_directory(p->ctx, dataset, in(p, "a/b c/d")), OKRUG_OK);
    assert_file(p, "a/b c/d/provenance.json", "{}\n");
    assert_int_equal(files_in(in(p, "a/b c/d")), 5);
    okrug_dataset_free(dataset);
}

static void what_cannot_be_written_is_named(void **state) {
    place *p = *state;
    okrug_dataset *dataset = small_result();
    assert_int_equal(okrug_write_file(p->ctx, in(p, "no/folder.txt"), "x", 1), OKRUG_WRITE_FAILED);
    const okrug_message *message = okrug_message_at(p->ctx, 0);
    assert_string_equal(message->code, "cannot-write-file");
    assert_string_equal(message->value[0], p->path);
    assert_int_equal(okrug_write_file(p->ctx, p->folder, "x", 1), OKRUG_WRITE_FAILED);
    assert_int_equal(okrug_write_file(p->ctx, "/proc/okrug-test", "x", 1), OKRUG_WRITE_FAILED);
    /* A file where a folder should be. */
    assert_int_equal(okrug_write_file(p->ctx, in(p, "file"), "x", 1), OKRUG_OK);
    assert_int_equal(okrug_write_directory(p->ctx, dataset, in(p, "file/below")), OKRUG_WRITE_FAILED);
    assert_int_equal(okrug_write_directory(p->ctx, dataset, in(p, "file")), OKRUG_WRITE_FAILED);
    assert_file(p, "file", "x");
    /* A device is written to, not replaced. */
    assert_int_equal(okrug_write_file(p->ctx, "/dev/null", "x", 1), OKRUG_OK);
    assert_int_equal(okrug_write_file(p->ctx, "/dev/full", "x", 1), OKRUG_WRITE_FAILED);
    assert_string_equal(okrug_message_at(p->ctx, okrug_messages(p->ctx) - 1)->code, "disk-full");
    struct stat device;
    assert_int_equal(stat("/dev/null", &device), 0);
    assert_true(S_ISCHR(device.st_mode));
    okrug_dataset_free(dataset);
}

static int in_child(place *p, int (*child)(place *)) {
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        _exit(child(p));
    }
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static int write_without_rights(place *p) {
    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) {
        return 1;
    }
    if (okrug_write_file(p->ctx, in(p, "new"), "x", 1) != OKRUG_WRITE_FAILED ||
        okrug_write_file(p->ctx, in(p, "a"), "x", 1) != OKRUG_WRITE_FAILED) {
        return 2;
    }
    return strcmp(okrug_message_at(p->ctx, 0)->code, "no-permission") == 0 ? 0 : 3;
}

static void a_read_only_folder_is_told(void **state) {
    place *p = *state;
    assert_int_equal(okrug_write_file(p->ctx, in(p, "a"), "old", 3), OKRUG_OK);
    assert_int_equal(chmod(in(p, "a"), 0444), 0);
    assert_int_equal(chmod(p->folder, 0555), 0);
    assert_int_equal(in_child(p, write_without_rights), 0);
    assert_int_equal(chmod(p->folder, 0755), 0);
    assert_file(p, "a", "old");
}

static int write_too_much(place *p) {
    static char large[100000];
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit limit = {10000, 10000};
    setrlimit(RLIMIT_FSIZE, &limit);
    return okrug_write_file(p->ctx, in(p, "a"), large, sizeof large) == OKRUG_WRITE_FAILED ? 0 : 1;
}

static void half_a_file_is_never_there(void **state) {
    place *p = *state;
    assert_int_equal(okrug_write_file(p->ctx, in(p, "a"), "old", 3), OKRUG_OK);
    assert_int_equal(in_child(p, write_too_much), 0);
    assert_file(p, "a", "old");
    assert_int_equal(files_in(p->folder), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_file_is_replaced, setup, teardown),
        cmocka_unit_test_setup_teardown(a_link_stays_a_link, setup, teardown),
        cmocka_unit_test_setup_teardown(a_directory_of_results, setup, teardown),
        cmocka_unit_test_setup_teardown(what_cannot_be_written_is_named, setup, teardown),
        cmocka_unit_test_setup_teardown(a_read_only_folder_is_told, setup, teardown),
        cmocka_unit_test_setup_teardown(half_a_file_is_never_there, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
