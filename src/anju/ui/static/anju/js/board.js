// The unit board: choosing states in the legend dims every other unit.
(() => {
  document.addEventListener("change", (event) => {
    const legend = event.target.closest("[data-board-legend]");
    if (!legend) return;
    const board = document.querySelector(".board");
    const wanted = new Set([...legend.querySelectorAll("input:checked")].map((input) => input.value));
    board.classList.toggle("dimmed", wanted.size > 0);
    for (const room of board.querySelectorAll(".room")) room.classList.toggle("lit", wanted.has(room.dataset.state));
  });

  // Without a page behind it (public board, phone) a tap tells the unit in words below the legend.
  document.addEventListener("click", (event) => {
    const room = event.target.closest("span.room");
    const said = document.querySelector("[data-room-said]");
    if (!room || !said) return;
    said.textContent = room.title;
    for (const other of document.querySelectorAll(".room.told")) other.classList.remove("told");
    room.classList.add("told");
  });
})();
