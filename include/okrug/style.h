/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which decimal mark a file uses, found out while its numbers are read.
 *
 * Numbers are read with a dot until a cell says otherwise, so the usual file costs nothing extra. A comma in the first
 * cell that has any mark turns the style over at once. Whatever else contradicts what was read makes the finder
 * `unsure`: the caller then goes on only to collect evidence, settles it, and reads again.
 */
#ifndef OKRUG_STYLE_H
#define OKRUG_STYLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <okrug/number.h>

/* What the marks in one cell say. */
typedef enum {
    OKRUG_MARKS_NONE,     /* no mark, or no number */
    OKRUG_MARKS_MAYBE,    /* 1,234: a decimal mark or one between thousands */
    OKRUG_MARKS_DECIMAL,  /* 0,5: can only be a decimal mark */
    OKRUG_MARKS_THOUSANDS /* 1,234,567 or 1,234.5: tells of both marks */
} okrug_marks;

typedef struct {
    char delimiter;           /* of the file; 0: it has none */
    bool settled;             /* nothing more is asked of the cells */
    bool unsure;              /* what was read may be wrong */
    bool ambiguous;           /* after settling: nothing tells 1,234 from 1.234 */
    okrug_number_style style; /* in which cells are read now */
    int64_t style_line;       /* of the cell that set it; 0: none did */
    bool marked;              /* a number with a mark was read in this style */
    bool thousands[2];        /* evidence: thousands marks beside a decimal dot [0], comma [1] */
    int64_t maybe_line[2];    /* the first cell that may have a decimal dot [0], comma [1] */
    char maybe[24];           /* the first such cell with a comma, else with a dot */
    int64_t sure_line;        /* the first cell that leaves no doubt; 0: none yet */
    char sure;                /* its decimal mark */
} okrug_style_finder;

/* `decimal`: given by the user, or 0. A given mark lets the other one part thousands. */
okrug_style_finder okrug_style_begin(char decimal, char delimiter);

/* The number in the cell (trimmed), in the style as it stands; notes what the cell says of the style. False where it
 * is no number in that style, or where the finder has become unsure. */
bool okrug_style_read(okrug_style_finder *finder, const char *text, size_t length, int64_t line, double *value);

/* Notes what the cell says, without reading it. */
void okrug_style_note(okrug_style_finder *finder, const char *text, size_t length, int64_t line);

/* Decides by the evidence of all cells. */
void okrug_style_settle(okrug_style_finder *finder);

/* Would the cell be a number if the file wrote its numbers in another way? */
bool okrug_style_dissents(const char *text, size_t length);

okrug_marks okrug_marks_of(const char *text, size_t length, char *decimal);

#endif
