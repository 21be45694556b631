// Keeps a scrolled region at its end while it grows, unless the reader went up; a button leads back.

const nearEnd = 32;

export class FollowEnd {
  #region;
  #jump;
  #isFollowing = true;
  #isGrowing = false;
  #lastTop = 0;

  constructor(region, jump) {
    this.#region = region;
    this.#jump = jump;
    region.addEventListener("scroll", () => this.#noticeScroll(), { passive: true });
    jump.addEventListener("click", () => {
      this.#isFollowing = true;
      this.update();
      region.focus({ preventScroll: true });
    });
  }

  // The region is empty and will grow, or has stopped growing.
  set isGrowing(isGrowing) {
    this.#isGrowing = isGrowing;
    this.#isFollowing = true;
    this.#lastTop = 0;
    this.#jump.hidden = true;
  }

  // Called when something was added.
  update() {
    if (!this.#isGrowing || !this.#isFollowing) return;
    this.#region.scrollTop = this.#region.scrollHeight;
    this.#jump.hidden = true;
  }

  #noticeScroll() {
    const { scrollHeight, scrollTop, clientHeight } = this.#region;
    const distance = scrollHeight - scrollTop - clientHeight;
    // Any move up lets go, or else the next chunk would pull a slow reader back down.
    if (scrollTop < this.#lastTop && distance > 1) this.#isFollowing = false;
    else if (distance < nearEnd) this.#isFollowing = true;
    this.#lastTop = scrollTop;
    this.#jump.hidden = this.#isFollowing || !this.#isGrowing;
  }
}
