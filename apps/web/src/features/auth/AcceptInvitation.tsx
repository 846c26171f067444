"use client";
import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useSearchParams } from "next/navigation";
import { type FormEvent, useState } from "react";
import { type DescribedError, described } from "@/lib/describeError";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { AuthFrame } from "./AuthFrame.tsx";
import { postAuth } from "./postAuth.ts";

export function AcceptInvitation() {
  const token = useSearchParams().get("token");
  const [error, setError] = useState<DescribedError | null>(
    token
      ? null
      : {
          ...described("BAD_INPUT", "This address has no invitation in it."),
          fix: "Open the whole link that you were sent.",
        },
  );
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    const problem = await postAuth("accept-invitation", {
      token,
      name: form.get("name"),
      password: form.get("password"),
    });
    if (!problem) return window.location.assign("/experiments");
    setError(
      problem.code === "NOT_FOUND"
        ? {
            ...problem,
            title: "This invitation is not valid",
            fix: "Ask for a new one: a link works once, and not for ever.",
          }
        : problem,
    );
    setBusy(false);
  }

  return (
    <AuthFrame title="Join the team" lead="Choose how the team sees you, and a password.">
      <form onSubmit={submit}>
        <Stack gap="sm">
          {error && <ErrorPanel error={error} />}
          <TextInput name="name" label="Name" required maxLength={100} autoComplete="name" />
          <PasswordInput
            name="password"
            label="Password"
            description="At least 10 characters. A sentence is easier to keep than a riddle."
            required
            minLength={10}
            autoComplete="new-password"
            visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
          />
          <Button type="submit" loading={busy} disabled={!token} mt={4}>
            Join
          </Button>
        </Stack>
      </form>
    </AuthFrame>
  );
}
