"""The readiness report as one HTML file that needs no network: what its templates are given."""
