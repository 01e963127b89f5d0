"""Which partition a key belongs to: murmur2 as Java clients compute it, written from its definition."""

SEED, M, R = 0x9747B28C, 0x5BD1E995, 24
WORD = 0xFFFFFFFF


def partition_of(key: bytes, partitions: int) -> int:
    """The partition, from 0."""
    return (murmur2(key) & 0x7FFFFFFF) % partitions


def murmur2(data: bytes) -> int:
    """The hash, as an unsigned 32-bit number."""
    length = len(data)
    found = SEED ^ length
    for place in range(0, length - length % 4, 4):
        word = int.from_bytes(data[place : place + 4], "little") * M & WORD
        word = (word ^ word >> R) * M & WORD
        found = (found * M & WORD) ^ word
    rest = data[length - length % 4 :]
    if rest:
        found = (found ^ int.from_bytes(rest, "little")) * M & WORD
    found = (found ^ found >> 13) * M & WORD
    return found ^ found >> 15
