/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The second eigenvector from images of a block of vectors (block Lanczos with full reorthogonalisation): Golub and
 * Underwood (1977). The images A x, A A x ... soon lie along the eigenvectors of the largest eigenvalues.
 */
#include <math.h>
#include <string.h>

#include <okrug/linalg.h>
#include <okrug/numeric.h>

#include "second.h"

enum {
    BLOCK = 8, /* vectors side by side, as many as bits multiply at once */
    BLOCKS_MOST = 40,
    CHECK_EVERY = 4, /* blocks; a check decomposes a matrix of a few hundred */
    FOUND = 2        /* the second and the third */
};

static const double settled_second = 4e-15, settled_third = 1e-5, apart = 1e-6;

typedef struct {
    int64_t n, other;           /* the sides */
    const okrug_bits *there;    /* rows: the other side */
    const okrug_bits *back;     /* rows: ours */
    double *root;               /* of our sums, inverse */
    double *inverse;            /* of the sums of the other side */
    double *far;                /* other x BLOCK */
    double *basis;              /* rows of length 1, orthogonal; the first is the known top eigenvector */
    int64_t size;               /* of the basis */
    double *block, *part;       /* n x BLOCK: what is becoming the next rows, and its part along the basis */
    double *along;              /* basis x BLOCK */
    double *square;             /* most x most: the basis but its first, times A, times the basis */
    double *compact;            /* the same without gaps, for LAPACK to destroy */
    double *weights, *found;    /* 2 eigenvectors of it, and what they are in our space */
    double over[BLOCK * BLOCK]; /* what the images of the last block but one have beside the basis, of the last rows */
    int64_t most;
    uint32_t drawn; /* random vectors */
} images;

static okrug_status prepare(okrug_ctx *ctx, const okrug_network *w, images *s) {
    bool by_regions = w->regions <= w->products;
    s->n = by_regions ? w->regions : w->products;
    s->other = by_regions ? w->products : w->regions;
    s->there = by_regions ? w->by_product : w->by_region;
    s->back = by_regions ? w->by_region : w->by_product;
    int64_t blocks = s->n * 3 / 4 / BLOCK;
    s->most = BLOCK * (blocks < BLOCKS_MOST ? blocks : BLOCKS_MOST);
    s->root = OKRUG_SCRATCH(ctx, s->n, double);
    s->inverse = OKRUG_SCRATCH(ctx, s->other, double);
    s->far = OKRUG_SCRATCH(ctx, s->other * BLOCK, double);
    s->basis = OKRUG_SCRATCH(ctx, (s->most + BLOCK + 1) * s->n, double);
    s->block = OKRUG_SCRATCH(ctx, s->n * BLOCK, double);
    s->part = OKRUG_SCRATCH(ctx, s->n * BLOCK, double);
    s->along = OKRUG_SCRATCH(ctx, (s->most + BLOCK + 1) * BLOCK, double);
    s->square = OKRUG_SCRATCH_ZERO(ctx, s->most * s->most, double);
    s->compact = OKRUG_SCRATCH(ctx, s->most * s->most, double);
    s->weights = OKRUG_SCRATCH(ctx, FOUND * s->most, double);
    s->found = OKRUG_SCRATCH(ctx, FOUND * s->n, double);
    if (s->root == NULL || s->inverse == NULL || s->far == NULL || s->basis == NULL || s->block == NULL ||
        s->part == NULL || s->along == NULL || s->square == NULL || s->compact == NULL || s->weights == NULL ||
        s->found == NULL) {
        return OKRUG_NO_MEMORY;
    }
    const double *ours = by_regions ? w->diversity : w->ubiquity, *others = by_regions ? w->ubiquity : w->diversity;
    double ones = 0.0;
    for (int64_t i = 0; i < s->n; i++) {
        ones += ours[i];
    }
    for (int64_t i = 0; i < s->n; i++) {
        s->root[i] = 1.0 / sqrt(ours[i]);
        s->basis[i] = sqrt(ours[i] / ones);
    }
    for (int64_t i = 0; i < s->other; i++) {
        s->inverse[i] = 1.0 / others[i];
    }
    s->size = 1;
    return OKRUG_OK;
}

/* block = A block: there with the bits by one side, back with those by the other. */
static okrug_status image(okrug_ctx *ctx, images *s) {
    const okrug_bit_product there = {.bits = s->there, .n = BLOCK, .b = s->block, .weight = s->root, .c = s->far};
    const okrug_bit_product back = {.bits = s->back, .n = BLOCK, .b = s->far, .weight = s->inverse, .c = s->block};
    OKRUG_TRY(okrug_bits_multiply(ctx, &there));
    OKRUG_TRY(okrug_bits_multiply(ctx, &back));
    for (int64_t i = 0; i < s->n * BLOCK; i++) {
        s->block[i] *= s->root[i / BLOCK];
    }
    return OKRUG_OK;
}

/* along = basis block, and takes that part off the block. */
static okrug_status take_off(okrug_ctx *ctx, images *s) {
    OKRUG_TRY(okrug_multiply(ctx, OKRUG_PLAIN, OKRUG_PLAIN, s->size, BLOCK, s->n, s->basis, s->block, s->along));
    OKRUG_TRY(okrug_multiply(ctx, OKRUG_TRANSPOSED, OKRUG_PLAIN, s->n, BLOCK, s->size, s->basis, s->along, s->part));
    for (int64_t i = 0; i < s->n * BLOCK; i++) {
        s->block[i] -= s->part[i];
    }
    return OKRUG_OK;
}

static double dot(int64_t n, const double *a, const double *b) {
    double sum[4] = {0.0, 0.0, 0.0, 0.0};
    int64_t i = 0;
    for (; i + 4 <= n; i += 4) {
        sum[0] += a[i] * b[i];
        sum[1] += a[i + 1] * b[i + 1];
        sum[2] += a[i + 2] * b[i + 2];
        sum[3] += a[i + 3] * b[i + 3];
    }
    for (; i < n; i++) {
        sum[0] += a[i] * b[i];
    }
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

static void draw(images *s, double *x, int64_t step) {
    for (int64_t i = 0; i < s->n; i++) {
        double u[2];
        okrug_random_uniform((okrug_random_key){.unit = (uint64_t)i, .draw = s->drawn}, u);
        x[i * step] = u[0] - .5;
    }
    s->drawn++;
}

static void lengths(const images *s, double *length) {
    double sum[BLOCK] = {0};
    for (int64_t i = 0; i < s->n * BLOCK; i++) {
        sum[i % BLOCK] += s->block[i] * s->block[i];
    }
    for (int j = 0; j < BLOCK; j++) {
        length[j] = sqrt(sum[j]);
    }
}

/* Takes off x what lies along `count` rows from q on, twice: once leaves rounding behind. What it took goes to `part`,
 * BLOCK apart, unless that is NULL. The length of what is left. */
static double straighten(int64_t n, const double *q, int64_t count, double *x, double *part) {
    for (int64_t k = 0; k < 2 * count; k++) {
        const double *row = q + k % count * n;
        double along = dot(n, row, x);
        for (int64_t i = 0; i < n; i++) {
            x[i] -= along * row[i];
        }
        if (part != NULL) {
            part[k % count * BLOCK] += along;
        }
    }
    return sqrt(dot(n, x, x));
}

/* The block, from which the part along the basis was taken, to rows of the basis; `over` becomes what the block is of
 * these rows. What is left of a vector may be nothing but rounding, where the images so far span all that there is to
 * span: a random one takes its place. */
static void extend(images *s, const double *length) {
    double *first = s->basis + s->size * s->n, *x = first;
    memset(s->over, 0, sizeof s->over);
    for (int j = 0; j < BLOCK; j++, s->size++, x += s->n) {
        for (int64_t i = 0; i < s->n; i++) {
            x[i] = s->block[i * BLOCK + j];
        }
        double left = straighten(s->n, first, j, x, s->over + j);
        if (left > 1e-10 * length[j]) {
            s->over[j * BLOCK + j] = left;
        } else {
            draw(s, x, 1);
            left = straighten(s->n, s->basis, s->size, x, NULL);
        }
        for (int64_t i = 0; i < s->n; i++) {
            x[i] /= left;
        }
    }
}

/* The next rows of the basis from the images of its last, and the columns of those of the square. */
static okrug_status advance(okrug_ctx *ctx, images *s) {
    const double *last = s->basis + (s->size - BLOCK) * s->n;
    for (int64_t i = 0; i < s->n * BLOCK; i++) {
        s->block[i] = last[i % BLOCK * s->n + i / BLOCK];
    }
    OKRUG_TRY(image(ctx, s));
    double length[BLOCK];
    lengths(s, length);
    OKRUG_TRY(take_off(ctx, s));
    int64_t column = s->size - 1 - BLOCK;
    for (int64_t i = 1; i < s->size; i++) {
        memcpy(s->square + (i - 1) * s->most + column, s->along + i * BLOCK, BLOCK * sizeof *s->along);
    }
    OKRUG_TRY(take_off(ctx, s)); /* once leaves rounding behind, which would grow from step to step */
    extend(s, length);
    return OKRUG_OK;
}

/* |A x - value x| of row k of `found`, as it follows from how the images were made: what they have beside the basis. */
static double expected_residual(const images *s, int64_t size, int k) {
    const double *weight = s->weights + k * size + size - BLOCK;
    double squares = 0.0;
    for (int i = 0; i < BLOCK; i++) {
        double sum = dot(BLOCK, s->over + i * BLOCK, weight);
        squares += sum * sum;
    }
    return sqrt(squares);
}

/* The same by the image itself, of all rows. */
static okrug_status residuals(okrug_ctx *ctx, images *s, const double *value, double *residual) {
    memset(s->block, 0, (size_t)(s->n * BLOCK) * sizeof *s->block);
    for (int64_t i = 0; i < FOUND * s->n; i++) {
        s->block[i % s->n * BLOCK + i / s->n] = s->found[i];
    }
    OKRUG_TRY(image(ctx, s));
    for (int k = 0; k < FOUND; k++) {
        double sum = 0.0;
        for (int64_t i = 0; i < s->n; i++) {
            double difference = s->block[i * BLOCK + k] - value[k] * s->found[k * s->n + i];
            sum += difference * difference;
        }
        residual[k] = sqrt(sum);
    }
    return OKRUG_OK;
}

static bool is_settled(const double *residual, const double *value) {
    return residual[0] <= settled_second && residual[1] <= settled_third && value[0] - value[1] - residual[1] >= apart;
}

/* The best that the vectors whose images are known can do: the basis but for its first row and its last block. */
static okrug_status check(okrug_ctx *ctx, images *s, double *lambda, bool *settled) {
    int64_t size = s->size - 1 - BLOCK;
    for (int64_t i = 0; i < size; i++) {
        memcpy(s->compact + i * size, s->square + i * s->most, (size_t)size * sizeof *s->compact);
    }
    OKRUG_TRY(okrug_symmetric_eigen_top(ctx, size, FOUND, s->compact, lambda, s->weights));
    double residual[FOUND] = {expected_residual(s, size, 0), expected_residual(s, size, 1)};
    if (is_settled(residual, lambda)) {
        OKRUG_TRY(
            okrug_multiply(ctx, OKRUG_PLAIN, OKRUG_PLAIN, FOUND, s->n, size, s->weights, s->basis + s->n, s->found));
        OKRUG_TRY(residuals(ctx, s, lambda, residual));
        *settled = is_settled(residual, lambda);
    }
    return OKRUG_OK;
}

static okrug_status by_images(okrug_ctx *ctx, const okrug_network *w, double *lambda, double *vector, bool *settled) {
    images s = {0};
    OKRUG_TRY(prepare(ctx, w, &s));
    for (int j = 0; j < BLOCK; j++) {
        draw(&s, s.block + j, BLOCK);
    }
    double length[BLOCK];
    lengths(&s, length);
    OKRUG_TRY(take_off(ctx, &s));
    extend(&s, length);
    for (int64_t blocks = 1; !*settled && s.size - 1 <= s.most; blocks++) {
        OKRUG_TRY(okrug_check_cancel(ctx));
        OKRUG_TRY(advance(ctx, &s));
        if (blocks % CHECK_EVERY == 0 || s.size - 1 > s.most) {
            OKRUG_TRY(check(ctx, &s, lambda, settled));
        }
    }
    if (*settled) {
        memcpy(vector, s.found, (size_t)s.n * sizeof *vector);
    }
    return OKRUG_OK;
}

okrug_status okrug_second_by_images(okrug_ctx *ctx, const okrug_network *w, double *lambda, double *vector,
                                    bool *settled) {
    *settled = false;
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_status status = by_images(ctx, w, lambda, vector, settled);
    okrug_scratch_reset(ctx, mark);
    return status;
}
