// Everything once more for each kind of processor: LANES and VARIANT say which.
#include "Variants.h"

#include "Vector.h"
#include "Epilogue.h"
#include "Product.h"
#include "Depthwise.h"
#include "Image.h"
#include "Separable.h"
#include "Picture.h"

const laban_kernels VARIANT = {product, separable, image, pool, resize, finish, mean, to_blocks, to_plain};
