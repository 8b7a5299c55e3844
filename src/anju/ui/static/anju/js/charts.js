// Charts: a Vega-Lite specification in the page becomes a picture; the numbers stay readable in the table beside it.
(() => {
  const source = document.currentScript.dataset.vega;
  let loading = null;

  function vega() {
    loading ??= new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = source;
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    });
    return loading;
  }

  async function draw(root) {
    for (const place of root.querySelectorAll("[data-chart]:not([data-drawn])")) {
      place.dataset.drawn = "1";
      const specification = JSON.parse(place.dataset.chart);
      await vega();
      await vegaEmbed(place, specification, { actions: false, renderer: "svg", ast: true, mode: "vega-lite" });
      place.querySelector("svg")?.setAttribute("aria-hidden", "true");
    }
  }

  draw(document);
  document.addEventListener("htmx:afterSettle", (event) => draw(event.target.parentElement ?? document));
})();
