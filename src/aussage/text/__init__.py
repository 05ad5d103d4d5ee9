"""An article as text: paragraphs, sentences and the spans that point into it."""
