/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Supply and use tables: from purchasers' to basic prices, imports apart, and the four standard ways to a symmetric
 * table.
 *
 * p products, i industries, c categories of final demand; users are industries and, after them, categories (u = i + c).
 * supply (p x i) is what each industry makes of each product, at basic prices; use (p x u) who buys it. All matrices
 * are row-major and finite, in one unit of money.
 *
 * Source: Eurostat Manual of Supply, Use and Input-Output Tables (2008), chapters 6 and 11; United Nations Handbook on
 * Supply and Use Tables and Input-Output Tables (2018), chapters 7, 8 and 12.
 */
#ifndef OKRUG_SUPPLY_USE_H
#define OKRUG_SUPPLY_USE_H

#include <stdbool.h>
#include <stdint.h>

#include <okrug/context.h>
#include <okrug/status.h>

/* ---- Valuation ------------------------------------------------------------------------------------------------ */

/* What is known of the difference between purchasers' and basic prices where only the total of each product is: the
 * columns of a supply table. */
typedef struct {
    int64_t margins;      /* kinds of margin: trade, transport */
    const double *margin; /* margins x p: > 0 for products whose price contains it, < 0 for those that provide it */
    const double *tax;    /* p: taxes less subsidies on products; NULL: none */
    const bool *untaxed;  /* u: users that pay none of them (exports); NULL: all pay */
} okrug_valuation;

/* Brings `use` (p x u, at purchasers' prices) to basic prices, on the assumption that all users of a product pay the
 * same rates: margins are the same part of each cell of a row, and so are taxes of each cell whose user pays them. What
 * a user pays in margins is moved, in its column, to the products that provide them, in proportion to what each
 * provides; taxes go to paid (u). Sums of columns, with paid, stay as they were. Products with a margin or a tax and no
 * use to bear it: their count in *unborne; nothing is taken from them. O(margins p u); scratch: u numbers. */
okrug_status okrug_basic_prices(okrug_ctx *ctx, int64_t p, int64_t u, const okrug_valuation *valuation, double *use,
                                double *paid, int64_t *unborne);

/* Takes imports (p, >= 0) out of `use` (p x u, at basic prices): of each product the same share of every cell whose
 * user is reached by imports (`reached`, u; NULL: all), and of every cell where those together are less than the
 * imports (re-exports). share (p) is that share; imported (u) what each user buys from abroad. Products imported
 * and not used at all: their count in *unused. O(p u). */
void okrug_imports_apart(int64_t p, int64_t u, const double *imports, const bool *reached, double *use, double *share,
                         double *imported, int64_t *unused, int64_t *re_exported);

/* ---- Symmetric tables ----------------------------------------------------------------------------------------- */

/* The models of the Eurostat manual, with V = supply', q and g the sums of supply by product and by industry:
 *   A  product x product, each product is made in its own way:         T = V'^-1 q^,  Z = U T
 *   B  product x product, each industry has one way to make all:       T = g^-1 V,    Z = U T
 *   C  industry x industry, each industry sells in its own proportions: T = g^ V'^-1,  Z = T U
 *   D  industry x industry, each product is sold in its own proportions: T = V q^-1,    Z = T U
 * A and C need as many industries as products, not counting those with no output, and may give negative flows; B and D
 * never do where their inputs have none. */
typedef enum { OKRUG_MODEL_A, OKRUG_MODEL_B, OKRUG_MODEL_C, OKRUG_MODEL_D } okrug_symmetric_model;

typedef struct {
    int64_t products, industries, categories, primaries;
    const double *supply;  /* p x i */
    const double *use;     /* p x u */
    const double *primary; /* w x u: primary inputs (value added, imports, taxes) of each user; NULL where w = 0 */
} okrug_supply_use;

typedef struct {
    int64_t n;       /* products for A and B, else industries: the caller's rows and columns */
    double *flow;    /* n x n */
    double *demand;  /* n x c */
    double *primary; /* w x n; final demand's own are not changed by any model */
    double *output;  /* n */
} okrug_symmetric;

/* Each column of flow and primary sums to output where each industry's use and primary inputs sum to what it makes, and
 * each row of flow and demand where each product's supply is its use. OKRUG_NO_SOLUTION ("matrix-singular") where A or
 * C cannot tell technologies apart; OKRUG_BAD_INPUT ("supply-not-square"). A product or industry with no output gets
 * none. O(n^2 (p + i)); scratch: p i + n^2 numbers. */
okrug_status okrug_symmetric_table(okrug_ctx *ctx, const okrug_supply_use *table, okrug_symmetric_model model,
                                   const okrug_symmetric *symmetric);

#endif
