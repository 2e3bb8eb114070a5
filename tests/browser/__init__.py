"""Pages as people meet them: in Chromium, at a desk and on a phone."""
