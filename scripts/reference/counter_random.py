"""The counter-based random numbers of src-shared/math/random.ts, and the streams of operations/random.ts: the same in
both languages, so that golden files need no inputs."""
import numpy as np

GOLDEN = 0x9E3779B9
MASK = 0xFFFFFFFF


def mix(value):
    """The finaliser of MurmurHash3 on arrays of integers below 2^64."""
    h = np.asarray(value, dtype=np.uint64) & MASK
    h = ((h ^ (h >> 16)) * 0x85EBCA6B) & MASK
    h = ((h ^ (h >> 13)) * 0xC2B2AE35) & MASK
    return h ^ (h >> 16)


def random_uniform(seed, stream, count):
    """The first `count` numbers of a stream, in (0, 1), float64."""
    start = mix(stream + mix(seed) * GOLDEN)
    bits = mix(np.arange(count, dtype=np.uint64) + ((start * GOLDEN) & MASK))
    return (bits + 0.5) / 2**32


def stream_key(name):
    """FNV-1a of a name, as unsigned."""
    key = 0x811C9DC5
    for byte in name.encode():
        key = ((key ^ byte) * 0x01000193) & MASK
    return key
