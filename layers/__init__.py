"""Plans in, validated layers out: reading, extraction, classification, atlas and export."""
