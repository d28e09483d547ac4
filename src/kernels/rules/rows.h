/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The programme of a repair while it is written: its columns, and rows that grow one by one.
 */
#ifndef OKRUG_KERNELS_RULES_ROWS_H
#define OKRUG_KERNELS_RULES_ROWS_H

#include <okrug/repair.h>

typedef struct {
    okrug_ctx *ctx;
    const okrug_repair_problem *of;
    /* Where each kind of column begins. */
    int64_t member, facility, deal, part, pair, lacking, holds, region, role, columns;
    int64_t regions, roles;
    double *cost, *upper;
    uint8_t *whole;
    int32_t *pair_of; /* by contract: its column; -1: at least one of the two is a member today */
    /* The row under way: sum of form[j] x_j + constant. */
    double *form, *size, constant, magnitude; /* size, magnitude: of what a coefficient, the constant is the sum of */
    int32_t *touched;
    uint8_t *is_touched;
    int64_t touching;
    /* Rows that are there. */
    int64_t rows, row_room, entries, entry_room;
    int64_t *ptr;
    int32_t *col;
    double *val, *least, *most;
} okrug_rows_of_repair;
typedef okrug_rows_of_repair repair_rows;

okrug_status okrug_repair_columns(okrug_ctx *ctx, const okrug_repair_problem *p, repair_rows *r);
void okrug_repair_add(repair_rows *r, int64_t column, double coefficient);
void okrug_repair_constant(repair_rows *r, double constant);
/* Adds `coefficient` where participant i is in the group. */
void okrug_repair_present(repair_rows *r, int64_t i, double coefficient);
/* Adds `coefficient` where the contract is between two who are in the group. */
void okrug_repair_contract(repair_rows *r, int64_t k, double coefficient);
/* Adds `coefficient` times the amount of a deal. */
void okrug_repair_amount(repair_rows *r, int64_t deal, double coefficient);
/* The form as a row, from `least` to `most` (NaN: no bound); then a new form begins. */
okrug_status okrug_repair_row(repair_rows *r, double least, double most);
/* form >= 0 (or, `up` false, <= 0) where the column `when` is 1 (-1: always), or 0 if `unless`. */
okrug_status okrug_repair_side(repair_rows *r, bool up, double slack, int64_t when, bool unless);

/* What ties the columns to each other. */
okrug_status okrug_repair_ties(repair_rows *r);
/* The rows of the criteria that are asked. */
okrug_status okrug_repair_rules(repair_rows *r, const uint8_t *asked);

#endif
