"""The preview: built once, brought up to date at every save, served on this machine."""
