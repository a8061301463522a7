"""Right but unusual answers that the checks must accept.

One folder per chapter, one module per exercise. Every function is one way to write the answer,
and stands alone: its source runs with nothing but `import numpy as np` above it.
"""
