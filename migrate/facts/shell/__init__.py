"""What shell commands say: their words as the shell reads them, and the requests that curl sends."""
