"""Why a request was approved or denied: criteria read from a rationale, each with its sentence."""
