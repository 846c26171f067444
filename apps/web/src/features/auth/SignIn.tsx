"use client";
import { useApolloClient } from "@apollo/client/react";
import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useSearchParams } from "next/navigation";
import { type FormEvent, useState } from "react";
import type { DescribedError } from "@/lib/describeError";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { AuthFrame } from "./AuthFrame.tsx";
import { postAuth } from "./postAuth.ts";
import { safeNext } from "./safeNext.ts";

export function SignIn() {
  const next = safeNext(useSearchParams().get("next"));
  const client = useApolloClient();
  const [error, setError] = useState<DescribedError | null>(null);
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    const problem = await postAuth("sign-in", { email: form.get("email"), password: form.get("password") });
    if (problem) {
      setError(problem);
      setBusy(false);
      return;
    }
    await client.clearStore();
    window.location.assign(next);
  }

  return (
    <AuthFrame title="Sign in">
      <form onSubmit={submit}>
        <Stack gap="sm">
          {error && (
            <ErrorPanel
              error={
                error.code === "UNAUTHENTICATED"
                  ? { ...error, title: "Not signed in", fix: "Check the e-mail address and the password." }
                  : error
              }
            />
          )}
          <TextInput name="email" type="email" label="E-mail" required autoComplete="username" autoFocus />
          <PasswordInput
            name="password"
            label="Password"
            required
            autoComplete="current-password"
            visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
          />
          <Button type="submit" loading={busy} fullWidth mt={4}>
            Sign in
          </Button>
        </Stack>
      </form>
    </AuthFrame>
  );
}
