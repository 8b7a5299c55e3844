"""Where crumbs were before slices had pages."""

from anju.ui.crumbs import Crumb

__all__ = ["Crumb"]
