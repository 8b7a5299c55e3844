"""Floor 2: one package per business area; a slice may hold nothing but YAML."""
