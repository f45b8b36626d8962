"""Text in, places out: gazetteer, recognition, resolution, datums and boundaries of China."""
